"""A customer brings a box back unopened on the same day, and the shop sells it to somebody else.

Lawful because the first settlement was taken back before the second.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.diary import hours, minutes_after
from data_samples.seventh.measure import bills
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.goods import drugs
from data_samples.third.pace import since_scans


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """A few boxes of a shop."""
    shop = host(city, rng)
    start = since_scans(city)
    count = int(rng.integers(1, 4))
    days = np.sort(rng.integers(start, city.period.last_day - 12, count))
    item, price = drugs(rng, count), bills(rng, count, 40, 160)
    pool = passers_by(city, rng, 8 * count, shop)
    at = hours(rng, days, "shop")
    first = city.settle(
        rng,
        rng.choice(pool, count),
        shop,
        at,
        total=price,
        item=item,
        packs=1,
        lines=1,
        purse="cash",
        doctor=-1,
    )
    city.reverse(first, minutes_after(rng, at, 40, 100))
    later = days + rng.integers(1, 11, count)
    again = city.settle(
        rng,
        rng.choice(pool, count),
        shop,
        hours(rng, later, "shop"),
        total=price,
        item=item,
        packs=1,
        lines=1,
        certain=False,
    )
    city.sell_again(again, first)
    instance = about(city, city.instance("duplicate_trace_code", lookalike=True), shop)
    instance.settled(first).settled(again)
