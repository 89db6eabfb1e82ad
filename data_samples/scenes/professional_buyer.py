"""D06: one person buys easily resold drugs 8 to 20 times a month, at many pharmacies, from many doctors."""

from __future__ import annotations

import numpy as np

from data_samples.other_rows import ITEMS, WATCHED_FROM
from data_samples.scenes import DAY, Stage, second


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one buyer over some months, beside an ordinary life."""
    for buyer in city.pick_people(rng, instances, account=True, age=(30, 85), unrelated=False).tolist():
        months = int(rng.integers(3, 11))
        start = int(rng.integers(0, max(1, city.period.months - months + 1)))
        first = int(city.period.month_starts[start])
        last = min(first + 30 * months, city.period.last_day)
        often = int(rng.integers(8, 21)) * (last - first) // 30
        day = np.sort(rng.integers(first, last + 1, often))
        at = day * DAY + rng.integers(second(8), second(20), often)
        pharmacies = city.pick_providers(rng, "pharmacy", int(rng.integers(6, 13)))
        kind = "primary_care" if rng.random() < 0.5 else "hospital"
        desks = rng.choice(city.pick_providers(rng, kind, int(rng.integers(2, 5))), often)
        packs = rng.integers(6, 16, often)
        handles = city.settle(
            rng,
            buyer,
            rng.choice(pharmacies, often),
            at,
            total=packs * rng.integers(2_500, 6_000),
            certain=False,
            item=rng.choice(np.arange(WATCHED_FROM, ITEMS)[rng.permutation(15)[:5]], often),
            lines=1,
            packs=packs,
            desk=desks,
            doctor=(rng.random(often) * city.places.doctors[desks]).astype(np.int64),
            prescribed=at - rng.integers(1800, 2 * DAY, often),
        )
        city.instance("professional_buyer").subject("person", buyer).settled(handles)
