"""An old patient comes to town once a month and sees two or three departments of the hospital on one day."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import after, habit, on_workdays
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.pace import between, since_reform, stretch


@twin(7)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Different doctors and diagnoses, a bill for each, sums of any size."""
    hospital = host(city, rng, "hospital")
    patients = neighbors(city, rng, several_of(rng, 3, 24), hospital, age=(55, 95))
    span = stretch(city, rng, several_of(rng, 90, 450), since_reform(city))
    instance = about(city, city.instance("split_prescription", lookalike=True), hospital)
    instance.member("person", patients)
    for person in patients.tolist():
        days = np.unique(np.maximum(on_workdays(habit(rng, span, float(rng.uniform(24, 60)))), span[0]))
        times = np.repeat(between(rng, days, 8.0, 11.0), rng.choice([1, 2, 3], len(days)))
        at = after(rng, times, 3, 280)
        doctors = rng.integers(0, city.places.doctors[hospital], len(at))
        total = sums(rng, len(at), 60, 320)
        instance.settled(
            city.settle(
                rng, person, hospital, at, care="outpatient", total=total, doctor=doctors, certain=False
            )
        )
