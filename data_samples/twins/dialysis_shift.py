"""Looks like D34: six to ten people on dialysis share a shift, three times a week at one hospital.

Most are registered for dialysis; in every fifth shift nobody is, and only care type and programme tell.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, MINUTE, Stage, second
from data_samples.timing import weekdays
from data_samples.twins.share import share

_SHARE = 20
_PROGRAMME = 7
_SHIFTS = ((0, 2, 4), (1, 3, 5))
_UNREGISTERED_EACH = 5


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one shift over months."""
    for number in range(share(instances, _SHARE)):
        ranges = city.ranges("dialysis_shift")
        patients = city.pick_people(rng, ranges.people(rng, "patients"), age=(35, 95), unrelated=False)
        hospital = int(city.pick_providers(rng, "hospital")[0])
        if number % _UNREGISTERED_EACH < _UNREGISTERED_EACH - 1:
            for patient in patients[rng.random(len(patients)) < 0.9].tolist():
                city.register("dialysis", person=patient, provider=hospital)
        length = ranges.count(rng, "days")
        first = int(
            rng.integers(city.period.first_day, max(city.period.first_day, city.period.last_day - length) + 1)
        )
        days = np.arange(first, min(first + length, city.period.last_day + 1))
        days = days[np.isin(weekdays(days), _SHIFTS[number % 2])]
        person, day = np.tile(patients, len(days)), np.repeat(days, len(patients))
        came = rng.random(len(person)) < 0.95
        hour = second(float(rng.choice([7.5, 12.5, 17])))
        at = day[came] * DAY + hour + rng.integers(0, 40 * MINUTE, int(came.sum()))
        handles = city.settle(
            rng,
            person[came],
            hospital,
            at,
            care="special_outpatient",
            programme=_PROGRAMME,
            certain=False,
        )
        instance = city.instance("co_visit_group", lookalike=True).subject("group")
        instance.member("person", patients).member("provider", hospital).settled(handles)
