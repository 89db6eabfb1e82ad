"""Looks like D34: chronic patients of a health center come on its monthly day and meet the same people there.

Three of four such days are registered.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, MINUTE, Stage, second
from data_samples.twins.share import second_weekday, share

_SHARE = 15
_PROGRAMMES = 6


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one health center with its patients."""
    for number in range(share(instances, _SHARE)):
        center = int(city.pick_providers(rng, "primary_care")[0])
        district = int(city.places.district[center])
        ranges = city.ranges("chronic_clinic_day")
        size, attendance = ranges.people(rng, "patients"), ranges.share(rng, "attendance")
        patients = city.pick_people(rng, size, district=district, age=(45, 95), unrelated=False)
        instance = city.instance("co_visit_group", lookalike=True).subject("group")
        instance.member("person", patients).member("provider", center)
        programme, weekday = rng.integers(0, _PROGRAMMES, size), int(rng.integers(0, 5))
        for start in city.period.month_starts.tolist():
            day = second_weekday(start, weekday)
            row = np.flatnonzero(rng.random(size) < attendance)
            at = day * DAY + second(8) + rng.integers(0, 150 * MINUTE, len(row))
            if len(row) == 0:
                continue
            handles = city.settle(
                rng,
                patients[row],
                center,
                at,
                care="chronic",
                programme=programme[row],
                supply=28,
                certain=False,
            )
            instance.settled(handles)
            if number % 4 < 3:
                city.register("clinic_day", provider=center, first_day=day, last_day=day)
