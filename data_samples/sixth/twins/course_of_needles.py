"""Patients of a traditional clinic come every second or third day for some weeks, with herbs once a week.

Lawful because courses begin and end for each patient at another time, and have as many sessions as a course has.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.fourth.care import herbs
from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.sixth.sizes import amounts, any_of, favored
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.pace import between, since_reform


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Eight to fifteen sessions; the clinic is closed on Sundays."""
    clinic = host(city, rng, "clinic")
    patients = neighbors(city, rng, int(any_of(rng, 4, 24)), clinic, age=(25, 85))
    first, last = since_reform(city), city.period.last_day - 46
    instance = about(city, city.instance("fictitious_purchase", lookalike=True), clinic)
    pool = herbs(rng, 8)
    for person in patients.tolist():
        start = int(rng.integers(first, max(first + 1, last)))
        days = np.unique(start + np.cumsum(rng.choice([1, 2, 2, 3], int(rng.integers(8, 16)))))
        days = np.unique(np.where((days + 3) % 7 == 6, days + 1, days))
        days = days[days <= city.period.last_day]
        at = between(rng, days, 8.3, 16.8)
        fields: dict[str, Any] = {"care": "outpatient", "doctor": 0, "certain": False}
        instance.settled(
            city.settle(rng, person, clinic, at, total=amounts(rng, len(at), 80, 130, 400), **fields)
        )
        weekly = at[::3] + 25 * MINUTE
        item = favored(rng, pool, len(weekly))
        sums = amounts(rng, len(weekly), 120, 260, 900)
        instance.settled(city.settle(rng, person, clinic, weekly, total=sums, item=item, **fields))
