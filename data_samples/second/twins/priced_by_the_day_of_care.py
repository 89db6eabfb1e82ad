"""Looks like D20: a provider's bills look priced by the wrong values because the care was given earlier.

It settles weeks late and by hand. Some of its patients have retired in between, or a new year has begun; the values
of the day of care are right.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.scenes.policy import lawful_from
from data_samples.second.casting import about_place, some_days, spared
from data_samples.second.draws import amounts, heavies, heavy, how_many


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one hospital or health center."""
    for _ in range(how_many(instances, 16)):
        place = int(city.pick_providers(rng, str(rng.choice(["hospital", "primary_care"])))[0])
        patients = city.pick_people(
            rng, spared(city, heavy(rng, 5, 40)), categories=["active"], age=(45, 64), unrelated=False
        )
        instance = city.instance("benefit_recalc_mismatch", lookalike=True)
        about_place(city, instance, place).member("person", patients)
        for patient in patients.tolist():
            first, last = lawful_from(city) + 5, city.period.last_day - 32
            served = some_days(rng, (first, last), heavy(rng, 1, 6))
            settled = served + heavies(rng, len(served), 3, 31)
            if rng.random() < 0.4:
                city.change_cover(patient, int(served[-1]) + 1, "retired")
            handles = city.settle(
                rng,
                patient,
                place,
                settled * DAY + rng.integers(9 * 3600, 17 * 3600, len(settled)),
                care="outpatient",
                total=amounts(rng, len(served), 300, 0.7),
                served=served,
                prescribed=served * DAY + 10 * 3600,
                channel="manual",
                certain=False,
            )
            instance.settled(handles)
