"""Looks like D32: a hospital examines an employer's staff one after the other, at the price of the package.

The list is worked off every two or three minutes for a morning or two; retired colleagues come along.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY, MINUTE
from data_samples.scenes import Stage
from data_samples.second.casting import about_place, near, spared, staff_of_an_employer
from data_samples.second.draws import heavies, heavy, how_many


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one employer's check-up."""
    for number in range(how_many(instances, 10)):
        staff = staff_of_an_employer(city, rng, heavy(rng, 6, 25), spared(city, 500, 6))
        if len(staff) == 0:
            return
        old = city.pick_people(rng, int(rng.integers(0, 4)), categories=["retired"], unrelated=False)
        everyone = np.concatenate([staff, old])
        place = near(city, rng, int(staff[0]), ("hospital", "primary_care")[number % 2])
        instance = city.instance("capacity_anomaly", lookalike=True)
        about_place(city, instance, place).member("person", everyone)
        package = int(rng.choice([12_000, 18_000, 26_000, 38_000, 56_000]))
        first = int(rng.integers(city.period.first_day, city.period.last_day))
        for day, part in enumerate(np.array_split(rng.permutation(everyone), int(rng.integers(1, 3)))):
            if len(part) == 0:
                continue
            pause = heavies(rng, len(part), 70, 420, 0.8)
            extra = rng.choice([0, 0, 0, 0, 2_800, 9_000], len(part))
            handles = city.settle(
                rng,
                part,
                place,
                (first + day) * DAY + 8 * 60 * MINUTE + np.cumsum(pause),
                care="outpatient",
                total=package + extra,
                in_scope=True,
                doctor=0,
                counter=0,
                certain=False,
            )
            instance.settled(handles)
            if number % 2 == 0:
                city.register("employer_checkup", provider=place, first_day=first + day, last_day=first + day)
