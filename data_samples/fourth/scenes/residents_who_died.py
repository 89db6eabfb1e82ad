"""A nursing home's station bills for residents who have died, as long as the insurer has not heard of it.

Kind of case: stations of homes that hold the residents' cards; relatives report the death late, or not at all.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, portion, sums
from data_samples.fourth.rhythm import habit
from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import newcomers, suspect
from data_samples.third.cover import customers
from data_samples.third.pace import usual

FIRST = True


@scene(7)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The same care as before, in the same rhythm; a part of the dead only, and for weeks or months."""
    station = suspect(city, rng, str(rng.choice(["clinic", "primary_care"])))
    residents = newcomers(city, rng, number(rng, strength, 2, 9), age=(62, 104))
    if len(residents) == 0:
        return
    instance = city.instance("ineligible_settlement", strength=strength)
    instance.subject("provider", station).member("person", residents)
    period = city.period
    for person in residents.tolist():
        late = max(10, min(number(rng, strength, 14, 260), (period.last_day - period.first_day) // 2))
        died = int(rng.integers(period.first_day + 15, period.last_day - late + 1))
        city.die(person, died, enrolment_ends=False)
        gap = float(rng.uniform(9, 30))
        before = habit(rng, (period.first_day, died - 2), gap)
        total = sums(rng, 1, 90, 380)
        city.settle(
            rng,
            person,
            station,
            usual(city, rng, before, "other"),
            care="outpatient",
            total=total,
            certain=False,
        )
        days = habit(rng, (died + 1, min(died + late, period.last_day)), gap)
        days = days[rng.random(len(days)) < portion(rng, strength, 0.5, 0.95)]
        days = days if len(days) else np.array([died + int(rng.integers(2, 9))], dtype=np.int64)
        at = days * DAY + rng.integers(8 * 3600, 17 * 3600, len(days))
        instance.settled(city.settle(rng, person, station, at, care="outpatient", total=total, certain=False))
    customers(city, rng, station, np.arange(period.first_day, period.last_day, 5), 2.0)
