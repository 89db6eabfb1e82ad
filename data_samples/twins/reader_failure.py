"""Looks like D09: a card reader fails for an hour; whoever was at the counter is reversed and settled again.

The second settlement is for the same amount and drugs, as nothing but the reading had gone wrong.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.costs import draw_totals
from data_samples.scenes import DAY, MINUTE, Stage, second
from data_samples.twins.share import share

_SHARE = 20


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one bad hour of one pharmacy and whoever is there."""
    for _ in range(share(instances, _SHARE)):
        pharmacy = int(city.pick_providers(rng, "pharmacy")[0])
        ranges = city.ranges("reader_failure")
        size, minutes = ranges.people(rng, "customers"), ranges.count(rng, "minutes")
        district = int(city.places.district[pharmacy])
        customers = city.pick_people(rng, size, district=district, unrelated=False)
        start = int(city.days(rng, 1)[0]) * DAY + second(rng.uniform(9, 18))
        at = start + np.sort(rng.integers(0, minutes * MINUTE, size))
        basket: dict[str, Any] = {
            "total": draw_totals(rng, np.zeros(size, dtype=np.int64), city.sizes),
            "item": rng.integers(1, 280, size),
            "lines": rng.integers(1, 4, size),
            "counter": 0,
        }
        failed = city.settle(rng, customers, pharmacy, at, in_scope=True, **basket)
        back = at + rng.integers(1 * MINUTE, 9 * MINUTE, size)
        city.reverse(failed, back)
        # Some come back when the reader works again, on the same day.
        wait = np.where(rng.random(size) < 0.7, rng.integers(1, 6, size), rng.integers(60, 150, size))
        again = city.settle(
            rng, customers, pharmacy, back + wait * MINUTE, in_scope=True, certain=False, **basket
        )
        instance = city.instance("refund_resettle_loop", lookalike=True).subject("provider", pharmacy)
        instance.member("person", customers).settled(failed).settled(again)
