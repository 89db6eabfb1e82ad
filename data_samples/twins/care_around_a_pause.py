"""Looks like D31: benefits were suspended for some weeks; care lies on the last day before and the first day after.

Some of what was given before is settled while the suspension lasts.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, Stage, second
from data_samples.twins.share import share

_SHARE = 20


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one person."""
    for number in range(share(instances, _SHARE)):
        person = int(city.pick_people(rng, 1, age=(20, 62))[0])
        length = city.ranges("care_around_a_pause").count(rng, "days", city.period.days // 3)
        first = int(rng.integers(city.period.first_day + 20, city.period.last_day - length - 10))
        city.pause_cover(person, first, first + length - 1)
        served = np.r_[first - rng.integers(1, 18, 2), first - 1, first + length, first + length + 5]
        late = np.zeros(len(served), dtype=np.int64)
        late[2] = int(rng.integers(1, 10)) if number % 2 else 0
        at = (served + late) * DAY + rng.integers(second(9), second(17), len(served))
        place = city.pick_providers(rng, "primary_care", district=int(city.people.district[person]))[0]
        handles = city.settle(
            rng,
            person,
            place,
            at,
            care="outpatient",
            certain=False,
            served=served,
            doctor=0,
            prescribed=served * DAY + second(8),
        )
        instance = city.instance("ineligible_settlement", lookalike=True)
        instance.subject("person", person).settled(handles)
