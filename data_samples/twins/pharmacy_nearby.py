"""Looks like D33: patients of a busy clinic or hospital buy at the pharmacy next door, on the same day.

Several doctors prescribe, others than those patients buy there too, and many of the patients buy elsewhere.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, MINUTE, Stage, second

RANDOM_STREAM = "data_samples.twins.pharmacy_next_door"
"""The module's earlier name, so that the city's bytes stay."""


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one pharmacy and the institution next to it."""
    for number in range(instances):
        kind = ("hospital", "primary_care", "clinic")[number % 3]
        desk = int(city.pick_providers(rng, kind)[0])
        district = int(city.places.district[desk])
        pharmacy, *elsewhere = city.pick_providers(rng, "pharmacy", 3, district=district).tolist()
        ranges = city.ranges("pharmacy_nearby")
        size = ranges.people(rng, "patients")
        patients = city.pick_people(rng, size, district=district, unrelated=False)
        person = np.repeat(patients, ranges.counts(rng, "visits", size))
        often = len(person)
        day = rng.integers(city.period.first_day, city.period.last_day, often)
        at = day * DAY + rng.integers(second(8), second(16), often)
        doctor = (rng.random(often) * city.places.doctors[desk]).astype(np.int64)
        seen = city.settle(
            rng,
            person,
            desk,
            at,
            care="outpatient",
            doctor=doctor,
            certain=False,
        )
        goes_on = rng.random(often) < ranges.share(rng, "goes_on")
        goes_on[0] = True
        where = np.where(rng.random(often) < 0.75, pharmacy, rng.choice(elsewhere, often))
        later = at + rng.integers(10 * MINUTE, 180 * MINUTE, often)
        bought = city.settle(
            rng,
            person[goes_on],
            where[goes_on],
            later[goes_on],
            desk=desk,
            doctor=doctor[goes_on],
            prescribed=at[goes_on] + 5 * MINUTE,
            certain=False,
        )
        instance = city.instance("doctor_pharmacy_concentration", lookalike=True)
        instance.subject("provider", pharmacy).member("provider", desk).member("person", patients)
        instance.settled(seen).settled(bought)
