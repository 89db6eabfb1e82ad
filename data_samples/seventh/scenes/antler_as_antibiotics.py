"""A pharmacist sells antler and tonics, and books antibiotics and sugar tablets in their place.

Kind of case: tonics exchanged for common insured drugs, on a card that the pharmacist kept.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import honest_days, people
from data_samples.seventh.diary import campaign, hours, turns
from data_samples.seventh.measure import bills, falling, how_many, leaning
from data_samples.third.acts import scene
from data_samples.third.cast import suspect
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """A few cover drugs that make up far more than a shop needs; other customers get what is booked."""
    shop = suspect(city, rng)
    guests = people(city, rng, how_many(rng, strength, 2, 34), shop, account=True, age=(40, 90))
    span = campaign(city, rng, strength, 70, 380, since_reform(city))
    turn, days = turns(rng, len(guests), span, falling(rng, strength, 7, 30))
    covers = drugs(rng, int(rng.integers(2, 5)))
    instance = city.instance("substitution", strength=strength)
    instance.subject("provider", shop).member("person", guests)
    instance.settled(
        city.settle(
            rng,
            guests[turn],
            shop,
            hours(rng, days, "shop"),
            total=bills(rng, len(turn), 150, 680),
            item=leaning(rng, covers, len(turn)),
            packs=rng.integers(3, 16, len(turn)),
            lines=1,
            counter=0,
            certain=False,
        )
    )
    honest_days(city, rng, shop, span)
