"""A shop settles at night, when no customer is inside: a program prescribes, dispenses and settles.

Kind of case: prescriptions, dispensing and settlement in seconds while the shop is empty; 196 bills for 30 visitors.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import pooled_shop
from data_samples.scenes import Stage
from data_samples.sixth.rounds import flow, in_line, season
from data_samples.sixth.sizes import amounts, any_of, favored, rarer, whole
from data_samples.third.acts import scene
from data_samples.third.cast import closest, passers_by
from data_samples.third.cover import customers
from data_samples.third.goods import drugs, prescribed
from data_samples.third.pace import every_day


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """A burst of bills of known customers, seconds apart, at one counter, on some nights."""
    shop, first = pooled_shop(city, rng)
    nights = np.unique(flow(rng, season(city, rng, strength, 15, 300, first), whole(rng, strength, 2, 30)))
    a_night = np.clip(np.round(any_of(rng, 8, 35) * rng.gamma(2.0, 0.5, len(nights))), 5, 150).astype(
        np.int64
    )
    days = np.repeat(nights, a_night)
    at = in_line(rng, days, (21.9, 22.6), rarer(rng, strength, 0.2, 1.5))
    desk = closest(city, shop, "clinic")
    instance = city.instance("capacity_anomaly", strength=strength).subject("provider", shop)
    instance.settled(
        city.settle(
            rng,
            rng.choice(passers_by(city, rng, 3 * int(a_night.max()), shop), len(at)),
            shop,
            at,
            total=amounts(rng, len(at), 60, 260),
            item=favored(rng, drugs(rng, 12), len(at)),
            counter=0,
            credential=0,
            certain=False,
            **prescribed(city, rng, desk, at, doctor=0, minutes=(1, 3)),
        )
    )
    customers(city, rng, shop, every_day((first, city.period.last_day))[::4], 3.0)
