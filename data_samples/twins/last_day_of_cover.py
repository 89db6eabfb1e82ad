"""Looks like D31: care on the very day on which enrolment ends or the person dies, or just after enrolment began."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, Stage, second
from data_samples.twins.share import share

_SHARE = 20


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one person; leaving the city and dying take turns."""
    for number in range(share(instances, _SHARE)):
        dying = number % 2 == 1
        person = int(city.pick_people(rng, 1, age=(60, 105) if dying else (22, 60))[0])
        last = int(rng.integers(city.period.first_day + 20, city.period.last_day - 5))
        if dying:
            city.die(person, last, enrolment_ends=number % 4 == 1)
        else:
            city.end_cover(person, last)
        kind, care = ("hospital", "emergency") if dying else ("pharmacy", "pharmacy")
        place = city.pick_providers(rng, kind, district=int(city.people.district[person]))[0]
        days = np.r_[last - rng.integers(1, 15, int(rng.integers(0, 3))), last]
        # Who leaves stocks up until the evening of the last day.
        at = days * DAY + rng.integers(second(9), second(23.5), len(days))
        handles = city.settle(rng, person, place, at, care=care, certain=False)
        instance = city.instance("ineligible_settlement", lookalike=True)
        instance.subject("person", person).settled(handles)
