"""An online pharmacy sends chronic medicine by subscription: its system settles for dozens of customers at six sharp.

The auditor: every customer has ordered it and can stop it, parcels have a number and a signature, and the next one goes
out when the last is used up.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums, wide
from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, owners
from data_samples.third.pace import stretch


@twin(9)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Each customer every four weeks on a day of the own, seconds after the one before; same drug, same price."""
    shop = host(city, rng)
    customers = owners(city, rng, several_of(rng, 6, 44), age=(30, 90))
    span = stretch(city, rng, several_of(rng, 90, 400))
    price, item = sums(rng, len(customers), 50, 260, 1_500), rng.integers(1, 280, len(customers))
    begins = span[0] + rng.integers(0, 28, len(customers))
    orders = np.maximum(1, (span[1] - begins) // 28 + 1)
    row = np.repeat(np.arange(len(customers)), orders)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(orders) - orders, orders)
    day = begins[row] + 28 * nth
    kept = (day <= span[1]) & (rng.random(len(row)) < 0.96)
    row, day = row[kept], day[kept]
    order = np.lexsort((row, day))
    row, day = row[order], day[order]
    place = np.arange(len(day)) - np.searchsorted(day, day)
    at = day * DAY + second(6.0) + np.round(place * wide(rng, 3, 40)).astype(np.int64)
    handles = city.settle(
        rng,
        customers[row],
        shop,
        at,
        total=price[row],
        item=item[row],
        lines=1,
        packs=1,
        supply=28,
        credential=0,
        counter=0,
        certain=False,
    )
    about(city, city.instance("fictitious_purchase", lookalike=True), shop).settled(handles)
