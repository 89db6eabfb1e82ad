"""D06: one person buys easily resold drugs again and again, at several pharmacies, from several doctors."""

from __future__ import annotations

import numpy as np

from data_samples.other_rows import ITEMS, WATCHED_FROM
from data_samples.scenes import DAY, Stage, second


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one buyer over some months, beside an ordinary life."""
    buyers = city.pick_people(rng, instances, account=True, age=(30, 85), unrelated=False).tolist()
    for buyer, strength in zip(buyers, city.strengths(rng, instances), strict=True):
        ranges = city.ranges("professional_buyer", strength)
        months = ranges.count(rng, "months")
        start = int(rng.integers(0, max(1, city.period.months - months + 1)))
        first = int(city.period.month_starts[start])
        last = min(first + 30 * months, city.period.last_day)
        often = max(2, ranges.count(rng, "monthly") * (last - first) // 30)
        day = np.sort(rng.integers(first, last + 1, often))
        at = day * DAY + rng.integers(second(8), second(20), often)
        pharmacies = city.pick_providers(rng, "pharmacy", ranges.count(rng, "shops"))
        kind = "primary_care" if rng.random() < 0.5 else "hospital"
        desks = rng.choice(city.pick_providers(rng, kind, ranges.count(rng, "desks")), often)
        packs = ranges.counts(rng, "packs", often)
        items = np.arange(WATCHED_FROM, ITEMS)[rng.permutation(ITEMS - WATCHED_FROM)]
        handles = city.settle(
            rng,
            buyer,
            rng.choice(pharmacies, often),
            at,
            total=packs * int(ranges.fen(rng, "price", 1)[0]),
            certain=False,
            item=rng.choice(items[: ranges.count(rng, "items", len(items))], often),
            lines=1,
            packs=packs,
            desk=desks,
            doctor=(rng.random(often) * city.places.doctors[desks]).astype(np.int64),
            prescribed=at - rng.integers(1800, 2 * DAY, often),
        )
        city.instance("professional_buyer", strength=strength).subject("person", buyer).settled(handles)
