"""Looks like D18: several settlements of one patient at one provider on one day, or many alike on many days.

Several departments each settle for themselves; a course of treatment costs the same every day; a visit is settled anew
after two mistakes; care under a programme is settled apart from the ordinary care of the same visit.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.period import Ints
from data_samples.scenes import MINUTE, Stage
from data_samples.scenes.whereabouts import a_month, in_hours

_BELOW = 19_800
"""Fen of a visit, priced below a usual limit."""


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient at one provider; the four ways take turns."""
    ways = (_several_departments, _same_every_day, _settled_anew, _programme_apart)
    for number in range(instances):
        patient = int(city.pick_people(rng, 1, account=True, age=(30, 90))[0])
        kind = "hospital" if number % len(ways) in {0, 3} else "primary_care"
        place = int(city.pick_providers(rng, kind)[0])
        handles = ways[number % len(ways)](city, rng, patient, place)
        instance = city.instance("split_prescription", lookalike=True)
        instance.subject("provider", place).member("person", patient).settled(handles)


def _several_departments(city: Stage, rng: np.random.Generator, patient: int, place: int) -> Ints:
    """Several departments within a day, each with its doctor and its diagnosis."""
    count = city.ranges("several_settlements_a_day").count(
        rng, "departments", int(city.places.doctors[place])
    )
    day = city.days(rng, 1, *a_month(city, rng))
    at = np.sort(in_hours(rng, np.repeat(day, count), 8.5, 16))
    doctor = rng.choice(int(city.places.doctors[place]), count, replace=False)
    return _visits(
        city, rng, patient, place, at, doctor=doctor, diagnosis=rng.choice(60, count, replace=False)
    )


def _same_every_day(city: Stage, rng: np.random.Generator, patient: int, place: int) -> Ints:
    """Days of the same treatment at the same price, once a day."""
    days = city.days(rng, city.ranges("several_settlements_a_day").count(rng, "days"), *a_month(city, rng))
    at = in_hours(rng, days, 8.5, 11)
    price = int(city.ranges("several_settlements_a_day").fen(rng, "price", 1)[0])
    return _visits(
        city, rng, patient, place, at, total=price, in_scope=True, doctor=0, item=9, lines=1, diagnosis=7
    )


def _settled_anew(city: Stage, rng: np.random.Generator, patient: int, place: int) -> Ints:
    """Two settlements of the visit are reversed at once; the third one stands."""
    begin = in_hours(rng, city.days(rng, 1, *a_month(city, rng)), 9, 16)
    at = begin + np.arange(3) * 12 * MINUTE
    handles = city.settle(
        rng,
        patient,
        place,
        at,
        care="outpatient",
        total=_BELOW - rng.integers(0, 300, 3),
        in_scope=True,
        doctor=0,
        prescribed=begin,
        diagnosis=7,
    )
    city.reverse(handles[:2], at[:2] + rng.integers(2 * MINUTE, 9 * MINUTE, 2))
    return handles


def _programme_apart(city: Stage, rng: np.random.Generator, patient: int, place: int) -> Ints:
    """One doctor, one visit, two settlements: the special disease under its programme, the rest as ordinary."""
    special = in_hours(rng, city.days(rng, int(rng.integers(1, 4)), *a_month(city, rng)), 9, 16)
    doctor = int(rng.integers(0, city.places.doctors[place]))
    treated = city.settle(
        rng,
        patient,
        place,
        special,
        care="special_outpatient",
        programme=6,
        doctor=doctor,
        prescribed=special,
        certain=False,
    )
    rest = _visits(city, rng, patient, place, special + 6 * MINUTE, doctor=doctor)
    return np.concatenate([treated, rest])


def _visits(
    city: Stage,
    rng: np.random.Generator,
    patient: int,
    place: int,
    at: Ints,
    doctor: int | Ints,
    **fields: Any,
) -> Ints:
    """Outpatient visits; the account pays what it has."""
    fields |= {"doctor": doctor, "prescribed": at}
    return city.settle(rng, patient, place, at, care="outpatient", certain=False, **fields)
