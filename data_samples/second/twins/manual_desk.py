"""Looks like D41: one clerk settles much by hand because that is the clerk's desk.

Receipts from before a card was issued are brought in by many, in office hours; after a breakdown of the line the bills
of two days are entered in one evening.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.scenes.policy import lawful_from
from data_samples.second.casting import about_place, by_day, spared
from data_samples.second.draws import heavies, heavy, how_many


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one desk; the two ways take turns."""
    for number in range(how_many(instances, 14)):
        place = int(city.pick_providers(rng, ("primary_care", "hospital")[number % 2])[0])
        patients = city.pick_people(rng, spared(city, heavy(rng, 8, 70)), unrelated=False)
        latest = city.period.last_day - 32
        if number % 2 == 0:
            served = rng.integers(lawful_from(city), latest, len(patients))
            settled = served + heavies(rng, len(patients), 5, 31)
            at = settled * DAY + rng.integers(9 * 3600, 17 * 3600, len(patients))
        else:
            broken = int(rng.integers(lawful_from(city), latest))
            served = broken - rng.integers(0, 2, len(patients))
            served = np.maximum(served, lawful_from(city))
            at = broken * DAY + 19 * 3600 + np.cumsum(heavies(rng, len(patients), 40, 200))
        handles = city.settle(
            rng,
            patients,
            place,
            at,
            care="outpatient",
            served=served,
            prescribed=np.minimum(by_day(city, rng, served, "other"), at - 60),
            channel="manual",
            counter=0,
            certain=False,
        )
        instance = city.instance("insider_operation", lookalike=True)
        about_place(city, instance, place).member("person", patients).settled(handles)
