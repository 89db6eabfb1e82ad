"""Looks like D34: neighbors who have acupuncture together, once a week for a season, with the doctor they like.

Nothing is registered: only one weekday, one hour, one doctor and the kind of item show what it is.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, MINUTE, Stage, second
from data_samples.timing import weekdays
from data_samples.twins.share import share

_SHARE = 12
_WEEK = 7
_TCM = 4
"""An item of traditional medicine; every ninth is one."""


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is people of one district and one clinic or health center, for a season or longer."""
    for _ in range(share(instances, _SHARE)):
        ranges = city.ranges("tcm_club")
        clinic = int(city.pick_providers(rng, str(rng.choice(["clinic", "primary_care"])))[0])
        district = int(city.places.district[clinic])
        members = city.pick_people(rng, ranges.people(rng, "members"), district=district, age=(45, 88))
        weeks = ranges.count(rng, "weeks", city.period.days // _WEEK - 2)
        price = ranges.fen(rng, "price", 1)[0]
        earliest = int(rng.integers(city.period.first_day, city.period.last_day - (weeks + 1) * _WEEK + 1))
        # Never on a Sunday.
        first = earliest + int(weekdays(np.array(earliest)) == _WEEK - 1)
        hour, doctor = rng.uniform(8, 15), int(rng.integers(0, city.places.doctors[clinic]))
        instance = city.instance("co_visit_group", lookalike=True).subject("group")
        instance.member("person", members).member("provider", clinic)
        for week in range(weeks):
            there = rng.permutation(members[rng.random(len(members)) < 0.85])
            if len(there) == 0:
                continue
            at = (first + week * _WEEK) * DAY + second(hour) + rng.integers(0, 45 * MINUTE, len(there))
            handles = city.settle(
                rng,
                there,
                clinic,
                at,
                care="outpatient",
                total=price * rng.integers(85, 116, len(there)) // 100,
                item=_TCM + 9 * int(rng.integers(0, 3)),
                doctor=doctor,
                certain=False,
            )
            instance.settled(handles)
