"""The staff of a small place buy insured boxes back from patients and sell them a second time.

Kind of case: codes settled weeks before in other shops, some of them in another town.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import buy_or_visit
from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.sixth.rounds import at_desk, flow
from data_samples.sixth.sizes import amounts, favored, whole
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, several, suspect
from data_samples.third.cover import customers
from data_samples.third.goods import drugs
from data_samples.third.pace import every_day, since_scans


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Every code twice: sold elsewhere before, and sold here some weeks later."""
    reseller = suspect(city, rng, str(rng.choice(["clinic", "primary_care", "pharmacy"])))
    sources = several(city, rng, whole(rng, strength, 1, 8), "pharmacy")
    count = whole(rng, strength, 3, 70)
    start = since_scans(city)
    sold = flow(rng, (start, max(start + 5, city.period.last_day - 25)), count)
    later = np.minimum(
        sold + 3 + np.floor(25 * rng.pareto(1.7, count)).astype(np.int64), city.period.last_day
    )
    items, packs = favored(rng, drugs(rng, 7), count), rng.choice([1, 1, 2, 3, 4], count)
    price = amounts(rng, count, 25, 110) * packs
    given = city.settle(
        rng,
        rng.choice(passers_by(city, rng, count, int(sources[0])), count),
        favored(rng, sources, count),
        at_desk(rng, sold, 0.4),
        total=price,
        item=items,
        packs=packs,
        certain=False,
    )
    again = buy_or_visit(
        city,
        rng,
        rng.choice(passers_by(city, rng, count, reseller), count),
        np.full(count, reseller),
        np.maximum(at_desk(rng, later, 0.2), later * DAY + second(16)),
        total=price,
        item=items,
        packs=packs,
        certain=False,
    )
    city.sell_again(again, given)
    instance = city.instance("duplicate_trace_code", strength=strength)
    instance.subject("provider", reseller).settled(given).settled(again)
    customers(city, rng, reseller, every_day((start, city.period.last_day))[::4], 3.0)
