"""A dialysis unit pays patients for their loyalty, with a car and cash, and earns it back on sessions never given.

Kind of case: transport rebates for dialysis patients; a fourth and fifth session in weeks that had three.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.fourth.extent import number, portion, wide
from data_samples.fourth.rhythm import phase
from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import newcomers, suspect
from data_samples.third.pace import between, every_day, on_weekdays

FIRST = True


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The three sessions of a week are true and registered; the others are spread over free days and shifts."""
    unit = suspect(city, rng, "hospital")
    patients = newcomers(city, rng, number(rng, strength, 3, 14), age=(38, 88))
    if len(patients) == 0:
        return
    span = phase(city, rng, strength, 50, 300)
    instance = city.instance("capacity_anomaly", strength=strength)
    instance.subject("provider", unit).member("person", patients)
    price = round(wide(rng, 38_000, 52_000))
    for person in patients.tolist():
        city.register("dialysis", person=person, provider=unit, first_day=span[0], last_day=span[1])
        days = every_day(span)
        shift = (0, 2, 4) if rng.random() < 0.5 else (1, 3, 5)
        real = on_weekdays(days, *shift)
        real = real[rng.random(len(real)) < 0.95]
        care: dict[str, Any] = {"care": "special_outpatient", "programme": 7, "certain": False}
        city.settle(
            rng,
            person,
            unit,
            real * DAY + 8 * 3_600 + rng.integers(0, 4 * 3_600, len(real)),
            total=price,
            **care,
        )
        free = np.setdiff1d(days, real)
        extra = free[rng.random(len(free)) < portion(rng, strength, 0.08, 0.6)]
        extra = extra if len(extra) else free[:1]
        instance.settled(city.settle(rng, person, unit, between(rng, extra, 8, 18), total=price, **care))
