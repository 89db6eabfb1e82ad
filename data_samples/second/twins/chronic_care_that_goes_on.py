"""Looks like D21: chronic care after the end of the policy, of people for whom it has not ended.

Residents keep their chronic programme; special diseases were never part of what ended.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.scenes.policy import lawful_from
from data_samples.second.casting import by_day, near, some_days
from data_samples.second.draws import amounts, heavy, how_many

_SPECIAL = 6


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient; the two ways take turns."""
    for number in range(how_many(instances, 20)):
        resident = number % 2 == 0
        categories = ["resident"] if resident else ["active", "retired"]
        patient = int(city.pick_people(rng, 1, categories=categories, age=(40, 95), unrelated=False)[0])
        center = near(city, rng, patient, "primary_care" if resident else "hospital")
        days = some_days(rng, (lawful_from(city), city.period.last_day), heavy(rng, 3, 24))
        handles = city.settle(
            rng,
            patient,
            center,
            by_day(city, rng, days, "other"),
            care="chronic_outpatient" if resident else "special_outpatient",
            programme=int(rng.integers(0, 6)) if resident else _SPECIAL,
            total=amounts(rng, len(days), 380, 0.4),
            certain=False,
        )
        city.instance("closed_policy_use", lookalike=True).subject("person", patient).settled(handles)
