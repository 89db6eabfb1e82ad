"""A foreman with a full account pays for his former apprentices, none of whom is family or authorized.

Kind of case: one account that pays for many unrelated people, for cash in return.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, rounds, season
from data_samples.sixth.sizes import amounts, favored, rarer, whole
from data_samples.third.acts import scene
from data_samples.third.cast import owner, several, spare
from data_samples.third.pace import since_reform


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """They buy when they need money, at a few shops around the works."""
    master = owner(city, rng, age=(48, 85))
    apprentices = city.pick_people(rng, spare(city, whole(rng, strength, 2, 18)), age=(20, 60))
    span = season(city, rng, strength, 50, 380, since_reform(city))
    shops = several(city, rng, 3, "pharmacy")
    turn, days = rounds(rng, len(apprentices), span, rarer(rng, strength, 12, 60))
    city.set_opening(master, int(amounts(rng, 1, 9_000, 42_000, 60_000)[0]))
    instance = city.instance("family_authorization_violation", strength=strength)
    instance.subject("payer_account", master).member("person", apprentices)
    instance.settled(
        city.settle(
            rng,
            apprentices[turn],
            favored(rng, shops, len(turn)),
            at_desk(rng, days, 0.5),
            total=amounts(rng, len(turn), 70, 420),
            purse="relative",
            payer=master,
        )
    )
