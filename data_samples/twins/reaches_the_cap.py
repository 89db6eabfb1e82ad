"""Looks like D19: the annual cap is reached by need.

A chronic patient has the same care at the same price all the year, so that the last weeks do it; or a course of
treatment in another part of the year takes all of the benefit at once.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from data_samples.scenes import Stage
from data_samples.scenes.benefit_values import cost_of_the_cap, whole_years
from data_samples.scenes.whereabouts import in_hours

_MONTH = 30
_FEWEST_MONTHS = 4
_LAST_WEEKS = 60
_VISITS = 16


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient of one health center; the two ways take turns."""
    years = whole_years(city)
    if not years:
        return
    for number in range(instances):
        first, end = years[number % len(years)]
        category = ("active", "retired")[number % 4 // 2]
        patient = int(city.pick_people(rng, 1, categories=[category], age=(35, 90), unrelated=False)[0])
        center = int(city.pick_providers(rng, "primary_care", district=int(city.people.district[patient]))[0])
        steady = number % 2 == 0 or end - first < 2 * _LAST_WEEKS
        way = _steadily if steady else _at_once
        handles = way(city, rng, patient, center, category, first, end)
        city.instance("cap_rush", lookalike=True).subject("person", patient).settled(handles)


def _steadily(
    city: Stage, rng: np.random.Generator, patient: int, center: int, category: str, first: int, end: int
) -> Ints:
    """Twice a month, from the first day of the data to the last: the year's sum is what the cap allows."""
    months = max(_FEWEST_MONTHS, (end - first + 1) // _MONTH)
    each = cost_of_the_cap(city, category, 2 * months) / (2 * months)
    days = np.arange(city.period.first_day + int(rng.integers(0, 10)), city.period.last_day, _MONTH // 2)
    days = days[days >= first]
    total = np.round(each * rng.uniform(0.97, 1.05, len(days))).astype(np.int64)
    return _care(city, rng, patient, center, days, total)


def _at_once(
    city: Stage, rng: np.random.Generator, patient: int, center: int, category: str, first: int, end: int
) -> Ints:
    """A course of five weeks, well before the end of the year."""
    begin = int(rng.integers(first, end - 2 * _LAST_WEEKS + 1))
    days = city.days(rng, _VISITS, begin, begin + 5 * 7)
    each = cost_of_the_cap(city, category, _VISITS) // _VISITS
    total = np.round(each * rng.uniform(0.9, 1.1, len(days))).astype(np.int64)
    return _care(city, rng, patient, center, days, total)


def _care(city: Stage, rng: np.random.Generator, patient: int, center: int, days: Ints, total: Ints) -> Ints:
    """Visits to the same doctor for the same disease, with the same drug."""
    at = in_hours(rng, days)
    return city.settle(
        rng,
        patient,
        center,
        at,
        care="outpatient",
        total=total,
        in_scope=True,
        certain=False,
        item=int(rng.integers(1, 280)),
        lines=1,
        diagnosis=5,
        doctor=0,
        prescribed=at,
    )
