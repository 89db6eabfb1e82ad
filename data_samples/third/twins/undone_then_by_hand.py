"""Paid at the counter, undone because the doctor's line was wrong, and settled by hand from the paper weeks later."""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import nearby, owner
from data_samples.third.dice import bills, geometric
from data_samples.third.goods import given_on
from data_samples.third.pace import between, outings, since_reform


@twin(12)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The same item and sum twice for one day of care; only the second one stands."""
    person = owner(city, rng, age=(25, 90))
    place = nearby(city, rng, person, str(rng.choice(["hospital", "primary_care"])))
    span = (since_reform(city), max(since_reform(city), city.period.last_day - 45))
    days = outings(rng, span, geometric(rng, 2.2, 1, 8))
    at = between(rng, days, 8.5, 17.0)
    same: dict[str, Any] = {
        "care": "outpatient",
        "total": bills(rng, len(days), 420, 0.5),
        "item": rng.integers(1, 280, len(days)),
        "packs": rng.choice([1, 2], len(days)),
        "lines": 1,
        "in_scope": True,
    }
    first = city.settle(rng, person, place, at, **same)
    city.reverse(first, at + rng.integers(20, 150, len(days)) * MINUTE)
    later = between(rng, days + rng.integers(5, 42, len(days)), 9.0, 16.5)
    second = city.settle(rng, person, place, later, channel="manual", **given_on(later, days), **same)
    instance = city.instance("duplicate_benefit", lookalike=True).subject("person", person)
    instance.settled(first).settled(second)
