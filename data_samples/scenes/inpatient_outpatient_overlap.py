"""D23: outpatient care or purchases are settled for somebody who is in hospital on that day."""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from data_samples.ranges import Ranges
from data_samples.scenes import Stage
from data_samples.scenes.whereabouts import a_month, in_hours


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one stay; what is settled meanwhile is bought, treated, or both in turns."""
    for number, strength in enumerate(city.strengths(rng, instances)):
        ranges = city.ranges("inpatient_outpatient_overlap", strength)
        person = int(city.pick_people(rng, 1, account=True, age=(30, 95))[0])
        admitted, discharged = _stay(city, rng, person, ranges)
        inside = np.arange(admitted + 1, discharged)
        instance = city.instance("inpatient_outpatient_overlap", strength=strength).subject("person", person)
        if number % 3 != 1:
            instance.settled(_bought(city, rng, person, inside, ranges))
        if number % 3 != 0:
            instance.settled(_treated(city, rng, person, inside, ranges))


def _stay(city: Stage, rng: np.random.Generator, person: int, ranges: Ranges) -> tuple[int, int]:
    """Days of admission and discharge of a stay within one month."""
    hospital = int(city.pick_providers(rng, "hospital")[0])
    start, end = a_month(city, rng)
    length = ranges.count(rng, "nights")
    admitted = int(rng.integers(start, end - length + 1))
    at = in_hours(rng, admitted + length, 9, 15)
    city.settle(
        rng,
        person,
        hospital,
        at,
        care="inpatient",
        admitted=admitted,
        certain=False,
    )
    return admitted, admitted + length


def _bought(city: Stage, rng: np.random.Generator, person: int, inside: Ints, ranges: Ranges) -> Ints:
    """Purchases from the account at a pharmacy near home."""
    pharmacy = int(city.pick_providers(rng, "pharmacy", district=int(city.people.district[person]))[0])
    days = rng.choice(inside, ranges.count(rng, "purchases", len(inside)), replace=False)
    return city.settle(rng, person, pharmacy, in_hours(rng, days, 8.5, 20))


def _treated(city: Stage, rng: np.random.Generator, person: int, inside: Ints, ranges: Ranges) -> Ints:
    """Visits to a health center that the pooled fund shares."""
    center = int(city.pick_providers(rng, "primary_care", district=int(city.people.district[person]))[0])
    days = rng.choice(inside, ranges.count(rng, "visits", len(inside)), replace=False)
    at = in_hours(rng, days)
    return city.settle(rng, person, center, at, care="outpatient")
