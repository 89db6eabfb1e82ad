"""A pharmacy raises its prices when the fund begins to pay, while the shops around it do not.

Kind of case: prices above those of neighbors and of the own past, charged to insured customers.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.diary import busy_days, campaign, hours
from data_samples.seventh.measure import grade, how_many, leaning, price_list
from data_samples.third.acts import scene
from data_samples.third.cast import closest, passers_by, suspect
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """A few items that many need; the neighbors sell the same at the old price."""
    shop = suspect(city, rng)
    span = campaign(city, rng, strength, 60, 400, since_reform(city))
    items = drugs(rng, int(rng.integers(3, 8)))
    price = price_list(rng, 18, 85)[: len(items)]
    factor = 1 + grade(rng, strength, 0.12, 0.9)
    others = closest(city, shop, "pharmacy", 3)
    instance = city.instance("over_price", strength=strength).subject("provider", shop)
    for dear, count in ((False, how_many(rng, strength, 25, 70)), (True, how_many(rng, strength, 25, 190))):
        which = leaning(rng, np.arange(len(price)), count)
        packs = rng.integers(1, 4, count)
        unit = np.round(price[which] * (factor if dear else 1.0) * rng.uniform(0.97, 1.03, count)).astype(
            np.int64
        )
        days = busy_days(rng, span, count)
        handles = city.settle(
            rng,
            rng.choice(passers_by(city, rng, count, shop), count),
            shop if dear else leaning(rng, others, count),
            hours(rng, days, "shop"),
            total=unit * packs,
            item=items[which],
            packs=packs,
            lines=1,
            certain=False,
        )
        if dear:
            instance.settled(handles)
