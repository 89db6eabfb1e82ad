"""Patients have a session of the same therapy in the morning and in the afternoon.

Lawful because the plan says two sessions a day, for one knee each, with hours between them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.pace import between, since_reform


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Ten days in two weeks after an operation."""
    unit = host(city, rng, "hospital")
    patients = neighbors(city, rng, int(any_of(rng, 2, 10)), unit, age=(45, 88))
    item, price = int(rng.integers(40, 44)), int(amounts(rng, 1, 70, 160)[0])
    first = since_reform(city)
    instance = about(city, city.instance("duplicate_charge", lookalike=True), unit).member("person", patients)
    for person in patients.tolist():
        start = int(rng.integers(first, max(first + 1, city.period.last_day - 16)))
        days = np.sort(rng.choice(np.arange(start, start + 14), 10, replace=False))
        days = days[days <= city.period.last_day]
        for opens, closes in ((8.2, 10.8), (14.3, 17.2)):
            at = between(rng, days, opens, closes)
            fields: dict[str, Any] = {
                "care": "outpatient",
                "item": item,
                "lines": 1,
                "packs": 1,
                "doctor": 0,
                "certain": False,
            }
            instance.settled(city.settle(rng, person, unit, at, total=price, **fields))
