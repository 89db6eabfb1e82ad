"""A parent's tablets are paid by several children in turn, or one account pays for the whole family.

Lawful because each of them is a recorded relative with an authorization of long standing.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.people import family_around
from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.seventh.diary import hours, renewals
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.cast import nearby
from data_samples.third.pace import since_reform


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Every few weeks, for what the family needs."""
    pays = bool(rng.random() < 0.5)
    center, others = family_around(city, rng, 2, pays=pays)
    first = since_reform(city)
    shop = nearby(city, rng, center)
    instance = city.instance("family_authorization_violation", lookalike=True)
    instance.subject("payer_account" if pays else "person", center)
    for relative, relation in others:
        payer, buyer = (center, relative) if pays else (relative, center)
        city.authorize(payer, buyer, relation, first * DAY + second(8))
        days = renewals(rng, (first + 1, city.period.last_day), between_any(rng, 13, 34))
        instance.settled(
            city.settle(
                rng,
                buyer,
                shop,
                hours(rng, days, "shop"),
                total=bills(rng, len(days), 40, 200),
                purse="relative",
                payer=payer,
                doctor=-1,
            )
        )
