"""Neighbors and colleagues buy on the account of an obliging woman who never authorized them.

Kind of case: a family account used for people who are no relatives, noted on a list beside the till.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import own_needs, people
from data_samples.seventh.diary import campaign, hours, turns
from data_samples.seventh.measure import bills, falling, how_many
from data_samples.third.acts import scene
from data_samples.third.cast import nearby, owner
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Each of them now and then; the owner goes on paying for herself."""
    aunt = owner(city, rng, age=(42, 80))
    shop = nearby(city, rng, aunt)
    others = people(city, rng, how_many(rng, strength, 1, 9), shop, age=(20, 85))
    span = campaign(city, rng, strength, 70, 380, since_reform(city))
    turn, days = turns(rng, len(others), span, falling(rng, strength, 9, 34))
    instance = city.instance("family_authorization_violation", strength=strength)
    instance.subject("payer_account", aunt).member("person", others)
    instance.settled(
        city.settle(
            rng,
            others[turn],
            shop,
            hours(rng, days, "shop"),
            total=bills(rng, len(turn), 40, 240),
            purse="relative",
            payer=aunt,
        )
    )
    own_needs(city, rng, np.array([aunt]), shop, span)
