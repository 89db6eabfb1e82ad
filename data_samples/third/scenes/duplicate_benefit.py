"""A bill is paid twice: at the counter, and again by hand from the invoice weeks later."""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import nearby, owner
from data_samples.third.dice import bills, geometric, of
from data_samples.third.goods import given_on
from data_samples.third.pace import between, outings, since_reform, usual


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Large bills only, another sum by a few yuan at times, now and then from a second place."""
    person = owner(city, rng, age=(25, 90))
    place = nearby(city, rng, person, str(rng.choice(["hospital", "primary_care"])))
    span = (since_reform(city), max(since_reform(city), city.period.last_day - 50))
    days = outings(rng, span, geometric(rng, of(strength, 1.4, 2.4, 4.0), of(strength, 1, 2, 3), 12))
    count = len(days)
    total = bills(rng, count, of(strength, 260, 420, 700), 0.5)
    item, packs = rng.integers(1, 280, count), rng.choice([1, 2, 3], count)
    same: dict[str, Any] = {"care": "outpatient", "item": item, "packs": packs, "lines": 1, "in_scope": True}
    first = city.settle(rng, person, place, usual(city, rng, days, "other"), total=total, **same)
    lag = np.minimum(6 + rng.exponential(16, count), 45).astype(np.int64)
    later = between(rng, np.minimum(days + lag, city.period.last_day), 9.0, 16.5)
    changed = rng.random(count) < of(strength, 0.4, 0.2, 0.0)
    later = np.maximum(later, days * DAY + DAY - 1)
    second = city.settle(
        rng,
        person,
        place,
        later,
        total=np.where(changed, total + rng.integers(-900, 901, count), total),
        channel="manual",
        **given_on(later, days),
        **same,
    )
    instance = city.instance("duplicate_benefit", strength=strength).subject("person", person)
    instance.settled(first).settled(second)
