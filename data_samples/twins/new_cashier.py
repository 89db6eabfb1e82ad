"""Looks like D09: a clumsy new cashier makes a handful of corrections in the first week, for different people."""

from __future__ import annotations

import numpy as np

from data_samples.costs import draw_totals
from data_samples.scenes import DAY, MINUTE, Stage, second
from data_samples.twins.share import share

_SHARE = 20


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one counter of a pharmacy during one week; every person is corrected once."""
    for _ in range(share(instances, _SHARE)):
        pharmacy = int(city.pick_providers(rng, "pharmacy")[0])
        size = city.ranges("new_cashier").people(rng, "customers")
        district = int(city.places.district[pharmacy])
        customers = city.pick_people(rng, size, district=district, unrelated=False)
        counter = int(city.places.counters[pharmacy]) - 1
        first = int(rng.integers(city.period.first_day, city.period.last_day - 7))
        at = rng.integers(first, first + 7, size) * DAY + rng.integers(second(9), second(19), size)
        total = draw_totals(rng, np.zeros(size, dtype=np.int64), city.sizes)
        wrong = city.settle(rng, customers, pharmacy, at, total=total, counter=counter)
        back = at + rng.integers(1 * MINUTE, 15 * MINUTE, size)
        city.reverse(wrong, back)
        right = back + rng.integers(1 * MINUTE, 8 * MINUTE, size)
        right_total = np.maximum(total * rng.integers(50, 200, size) // 100, 300)
        again = city.settle(
            rng, customers, pharmacy, right, total=right_total, counter=counter, certain=False
        )
        instance = city.instance("refund_resettle_loop", lookalike=True).subject("provider", pharmacy)
        instance.member("person", customers).settled(wrong).settled(again)
