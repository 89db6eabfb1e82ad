"""Looks like D22: two settlements that are alike, of which each was due.

One is reversed before the other is made; the patient has changed the scheme in between; or they are two visits of a
course that costs the same each time.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from data_samples.scenes import Stage
from data_samples.scenes.whereabouts import a_month, in_hours

_LATEST = 25


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient; the three ways take turns."""
    ways = (_reversed_and_made_again, _changed_scheme, _two_visits)
    for number in range(instances):
        ages = (22, 50) if number % len(ways) == 1 else (20, 90)
        patient = int(
            city.pick_people(rng, 1, categories=["active", "flexible"], age=ages, unrelated=False)[0]
        )
        place = int(city.pick_providers(rng, "hospital" if number % 2 else "primary_care")[0])
        handles = ways[number % len(ways)](city, rng, patient, place)
        city.instance("duplicate_benefit", lookalike=True).subject("person", patient).settled(handles)


def _reversed_and_made_again(city: Stage, rng: np.random.Generator, patient: int, place: int) -> Ints:
    """The online settlement failed halfway and was reversed; the agency pays the invoice by hand."""
    first, last = a_month(city, rng, city.policy_start)
    day = city.days(rng, 1, first, min(last, city.period.last_day - _LATEST))
    at, total = in_hours(rng, day), _cost(city, rng)
    online = _visit(city, rng, patient, place, at, total)
    city.reverse(online, in_hours(rng, day + rng.integers(1, 4), 9, 16))
    later = in_hours(rng, day + rng.integers(6, _LATEST), 9, 16)
    by_hand = city.settle(
        rng,
        patient,
        place,
        later,
        care="outpatient",
        total=total,
        in_scope=True,
        certain=False,
        served=day,
        channel="manual",
        doctor=0,
        prescribed=at,
        diagnosis=11,
    )
    return np.concatenate([online, by_hand])


def _changed_scheme(city: Stage, rng: np.random.Generator, patient: int, place: int) -> Ints:
    """Until a day as an employee, from it as a resident: one visit of each time, for the same price."""
    first, last = a_month(city, rng, city.policy_start)
    day = int(rng.integers(first + 6, last - 6))
    city.change_cover(patient, day, "resident")
    days = np.array([int(rng.integers(first, day)), int(rng.integers(day, last + 1))])
    return _visit(city, rng, patient, place, in_hours(rng, days), _cost(city, rng))


def _two_visits(city: Stage, rng: np.random.Generator, patient: int, place: int) -> Ints:
    """Treatments of a course on different days of a month."""
    days = city.days(
        rng, city.ranges("paid_once_in_the_end").count(rng, "visits"), *a_month(city, rng, city.policy_start)
    )
    return _visit(city, rng, patient, place, in_hours(rng, days), _cost(city, rng))


def _cost(city: Stage, rng: np.random.Generator) -> int:
    return int(city.ranges("paid_once_in_the_end").fen(rng, "cost", 1)[0])


def _visit(city: Stage, rng: np.random.Generator, patient: int, place: int, at: Ints, total: int) -> Ints:
    """Visits of which the account pays the patient's part, so that it can be given back."""
    return city.settle(
        rng,
        patient,
        place,
        at,
        care="outpatient",
        total=total,
        in_scope=True,
        doctor=0,
        prescribed=at,
        diagnosis=11,
    )
