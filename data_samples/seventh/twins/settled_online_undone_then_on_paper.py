"""A bill is undone, since the card was blocked by mistake, and handed in on paper later.

Lawful because the first settlement was taken back the same day.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.seventh.company import people
from data_samples.seventh.diary import hours, minutes_after
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.cast import host
from data_samples.third.pace import since_reform


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """A dear bill for each of a few patients."""
    hospital = host(city, rng, "hospital")
    patients = people(city, rng, int(between_any(rng, 2, 6)), hospital, age=(20, 85))
    days = np.sort(rng.integers(since_reform(city), city.period.last_day - 25, len(patients)))
    at, total = hours(rng, days, "desk"), bills(rng, len(days), 300, 1_400)
    bill: dict[str, Any] = {
        "care": "outpatient",
        "total": total,
        "certain": True,
        "item": rng.integers(1, 280, len(days)),
        "lines": 1,
        "packs": 1,
        "prescribed": at - 15 * MINUTE,
    }
    first = city.settle(rng, patients, hospital, at, **bill)
    city.reverse(first, minutes_after(rng, at, 5, 60))
    sent = days + rng.integers(4, 24, len(days))
    again = city.settle(
        rng,
        patients,
        hospital,
        hours(rng, sent, "desk"),
        channel="manual",
        served=days,
        **(bill | {"certain": False}),
    )
    instance = city.instance("duplicate_benefit", lookalike=True).subject("person", patients)
    instance.settled(first).settled(again)
