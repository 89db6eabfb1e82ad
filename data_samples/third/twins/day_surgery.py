"""Day surgery: in at seven, out the next morning, and a bill that shows an operation."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.beds import stay
from data_samples.third.cast import about, host, newcomers
from data_samples.third.dice import bills
from data_samples.third.pace import every_day, on_weekdays


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """A ward for cataracts: its operating days bring groups of old people for one night."""
    hospital = host(city, rng, "hospital")
    patients = newcomers(city, rng, 14, age=(60, 95))
    weekday = int(rng.integers(0, 5))
    days = on_weekdays(every_day((city.period.first_day, city.period.last_day - 2)), weekday)
    days = rng.choice(days, max(1, len(patients) // 4), replace=False)
    instance = about(city, city.instance("hanging_bed_short_stay", lookalike=True), hospital)
    for person in patients.tolist():
        total = int(bills(rng, 1, 6_800, 0.12)[0])
        instance.settled(stay(city, rng, person, hospital, int(rng.choice(days)), 1, total, diagnosis=11))
