"""D33: patients of a clinic go on to one pharmacy within three days, far more often than others would."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, Stage, second

_LARGE_CITY = 5_000


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is a clinic and a pharmacy; half as many as of other scenes: each takes two providers."""
    for _ in range(max(2, instances // 2)):
        clinic = int(city.pick_providers(rng, "clinic", subject=True)[0])
        district = int(city.places.district[clinic])
        pharmacy = int(city.pick_providers(rng, "pharmacy", district=district, subject=True)[0])
        number = int(rng.integers(20, 36)) if city.people.insured > _LARGE_CITY else 14
        patients = city.pick_people(rng, number, district=district, age=(25, 95), unrelated=False)
        person = np.repeat(patients, rng.integers(2, 6, number))
        often = len(person)
        day = rng.integers(city.period.first_day, city.period.last_day - 3, often)
        at = day * DAY + rng.integers(second(8), second(16), often)
        visits = city.settle(rng, person, clinic, at, care="outpatient", doctor=0)
        # Most go on the same day, some on one of the next three.
        later = at + np.where(rng.random(often) < 0.6, 0, rng.integers(1, 3, often)) * DAY
        later += rng.integers(600, 3 * 3600, often)
        bought = city.settle(rng, person, pharmacy, later, desk=clinic, doctor=0, prescribed=at + 300)
        instance = city.instance("doctor_pharmacy_concentration").subject("provider", pharmacy)
        instance.member("provider", clinic).member("person", patients).settled(visits).settled(bought)
