"""D33: patients of a clinic go on to one pharmacy within three days, far more often than others would."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, Stage, second


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is a clinic and a pharmacy; half as many as of other scenes: each takes two providers."""
    for strength in city.strengths(rng, max(2, instances // 2)):
        ranges = city.ranges("doctor_pharmacy_concentration", strength)
        clinic = int(city.pick_providers(rng, "clinic", subject=True)[0])
        district = int(city.places.district[clinic])
        pharmacy = int(city.pick_providers(rng, "pharmacy", district=district, subject=True)[0])
        number = ranges.people(rng, "patients")
        patients = city.pick_people(rng, number, district=district, age=(25, 95), unrelated=False)
        person = np.repeat(patients, ranges.counts(rng, "visits", number))
        often = len(person)
        day = rng.integers(city.period.first_day, city.period.last_day - 3, often)
        at = day * DAY + rng.integers(second(8), second(16), often)
        doctors = ranges.count(rng, "doctors", int(city.places.doctors[clinic]))
        doctor = (rng.random(often) * doctors).astype(np.int64)
        visits = city.settle(rng, person, clinic, at, care="outpatient", doctor=doctor)
        # Most go on the same day, some on one of the next; the others buy nowhere.
        on = rng.random(often) < ranges.share(rng, "goes_on")
        on[0] = True
        later = (at + ranges.counts(rng, "hours", often) * 3600 + rng.integers(600, 3600, often))[on]
        # Nobody comes at night: the morning after.
        later += np.where(
            later % DAY > second(21), second(11), np.where(later % DAY < second(8), second(8), 0)
        )
        bought = city.settle(
            rng, person[on], pharmacy, later, desk=clinic, doctor=doctor[on], prescribed=at[on] + 300
        )
        instance = city.instance("doctor_pharmacy_concentration", strength=strength)
        instance.subject("provider", pharmacy).member("provider", clinic).member("person", patients)
        instance.settled(visits).settled(bought)
