"""A pharmacy keeps the codes of sold boxes in a drawer and scans them again for boxes that came from elsewhere.

Kind of case: duplicated trace codes, up to a dozen times and more; what is sold under them is repacked or unregistered.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import business
from data_samples.fourth.extent import number, sums, wide
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.cover import customers
from data_samples.third.dice import chance
from data_samples.third.goods import drugs
from data_samples.third.pace import since_scans, usual


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Customers are strangers to each other and to the matter; most of what the shop scans is as it should be."""
    shop = suspect(city, rng, "pharmacy" if chance(rng, 0.8) else "clinic")
    care = "pharmacy" if city.places.kind[shop] == 0 else "outpatient"
    instance = city.instance("duplicate_trace_code", strength=strength).subject("provider", shop)
    every = []
    for _ in range(number(rng, strength, 2, 26)):
        times = 1 + number(rng, strength, 1, 9)
        days = business(city, rng, strength, (8, 150), times, since_scans(city))
        price = wide(rng, 25, 260)
        handles = city.settle(
            rng,
            rng.choice(passers_by(city, rng, times, shop), times),
            shop,
            usual(city, rng, days),
            care=care,
            total=sums(rng, times, price * 0.95, price * 1.05),
            item=int(drugs(rng, 1, watched=chance(rng, 0.3))[0]),
            packs=1,
            lines=1,
            certain=False,
        )
        city.sell_again(handles[1:], np.repeat(handles[:1], times - 1))
        instance.settled(handles)
        every.append(days)
    customers(city, rng, shop, np.unique(np.concatenate(every)), wide(rng, 0.8, 4.0))
