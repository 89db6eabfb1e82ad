"""Looks like D18: a patient has several bills on one day because there were several desks.

Departments of one hospital bill apart, with their own doctor and diagnosis; herbs are billed apart from drugs; what
was forgotten is bought an hour later.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY, MINUTE
from data_samples.scenes import Stage
from data_samples.second.casting import lone, near, some_days, window
from data_samples.second.draws import amounts, heavies, heavy, how_many


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient with one or more such days."""
    for _ in range(how_many(instances, 45)):
        patient = lone(city, rng, age=(30, 95))
        hospital = near(city, rng, patient, str(rng.choice(["hospital", "hospital", "primary_care"])))
        instance = city.instance("split_prescription", lookalike=True).subject("person", patient)
        for day in some_days(rng, window(city, rng, 250), heavy(rng, 1, 8)).tolist():
            count = heavy(rng, 2, 6)
            start = day * DAY + int(rng.integers(8 * 60, 14 * 60)) * MINUTE
            at = start + np.cumsum(heavies(rng, count, 8, 75, 0.6)) * MINUTE
            doctors = rng.permutation(int(city.places.doctors[hospital]))[:count]
            handles = city.settle(
                rng,
                patient,
                hospital,
                at,
                care="outpatient",
                total=amounts(rng, count, 130, 0.9),
                doctor=np.resize(doctors, count),
                diagnosis=rng.integers(0, 60, count),
                prescribed=at - rng.integers(4, 40, count) * MINUTE,
                certain=False,
            )
            instance.settled(handles)
