"""Looks like D07: once a month a doctor comes to the village, and the same patients come to see him.

Three of four clinic days are registered; couples are among the patients.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, MINUTE, Stage, second
from data_samples.twins.share import second_weekday, share

_SHARE = 25


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one clinic with its monthly day."""
    for number in range(share(instances, _SHARE)):
        clinic = int(city.pick_providers(rng, "clinic")[0])
        district = int(city.places.district[clinic])
        ranges = city.ranges("village_clinic_day")
        size = ranges.people(rng, "patients")
        patients = city.pick_people(rng, size, district=district, age=(40, 95), unrelated=False)
        instance = city.instance("card_concentration", lookalike=True)
        instance.subject("provider", clinic).member("person", patients)
        weekday, attendance = int(rng.integers(0, 7)), ranges.share(rng, "attendance")
        months = int(rng.integers(min(3, city.period.months), min(10, city.period.months) + 1))
        doctor, length = 0, ranges.count(rng, "minutes") * MINUTE
        for start in city.period.month_starts[-months:].tolist():
            day = second_weekday(start, weekday)
            there = rng.permutation(patients[rng.random(size) < attendance])
            if len(there) == 0:
                continue
            at = day * DAY + second(8.5) + np.sort(rng.integers(0, length, len(there)))
            handles = city.settle(
                rng,
                there,
                clinic,
                at,
                care="outpatient",
                doctor=doctor,
                certain=False,
            )
            instance.settled(handles)
            if number % 4:
                city.register("clinic_day", provider=clinic, first_day=day, last_day=day)
