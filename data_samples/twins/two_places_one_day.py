"""Looks like D08: two settlements far apart on one day, for each of which somebody could be there.

An electronic prescription of the hospital is filled by a pharmacy elsewhere and sent home; a registered agent buys
while the patient is at the doctor's; a trip takes as long as a bus does; a clinic uploads yesterday's visit.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from data_samples.scenes import MINUTE, Stage
from data_samples.scenes.whereabouts import a_month, far_from, in_hours, kilometers

_LEAST_KM = 20.0
_BUS_KM_AN_HOUR = 30.0
_HOUR = 60 * MINUTE
_PHONE = 0


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient on a day or some; the four ways take turns."""
    ways = (_sent_home, _bought_by_an_agent, _travelled, _uploaded_next_day)
    for number in range(instances):
        patient = int(city.pick_people(rng, 1, account=True, age=(20, 90))[0])
        start, end = a_month(city, rng)
        days = city.days(rng, city.ranges("two_places_one_day").count(rng, "days"), start + 1, end)
        instance = city.instance("impossible_travel", lookalike=True).subject("person", patient)
        instance.settled(ways[number % len(ways)](city, rng, patient, days))


def _sent_home(city: Stage, rng: np.random.Generator, patient: int, days: Ints) -> Ints:
    """Ten to forty minutes after the consultation a far pharmacy fills its prescription, paid by telephone."""
    hospital, at, seen = _seen(city, rng, patient, days, "hospital")
    pharmacy = far_from(city, rng, hospital, "pharmacy", _LEAST_KM)
    filled = at + rng.integers(10 * MINUTE, 40 * MINUTE, len(at))
    sent = city.settle(
        rng,
        patient,
        pharmacy,
        filled,
        credential=_PHONE,
        desk=hospital,
        doctor=0,
        prescribed=at,
        certain=False,
    )
    return np.concatenate([seen, sent])


def _bought_by_an_agent(city: Stage, rng: np.random.Generator, patient: int, days: Ints) -> Ints:
    """An agent with both identity cards, who is registered, buys in another district meanwhile."""
    center, at, seen = _seen(city, rng, patient, days, "primary_care")
    pharmacy = far_from(city, rng, center, "pharmacy", _LEAST_KM)
    city.register("agent_purchase", person=patient)
    minutes = rng.integers(5 * MINUTE, 25 * MINUTE, len(at))
    bought = city.settle(rng, patient, pharmacy, at + minutes, credential=1, certain=False)
    return np.concatenate([seen, bought])


def _travelled(city: Stage, rng: np.random.Generator, patient: int, days: Ints) -> Ints:
    """To the far hospital in the morning; the pharmacy at home after as long a way as by bus, and more."""
    pharmacy = int(city.pick_providers(rng, "pharmacy", district=int(city.people.district[patient]))[0])
    hospital = far_from(city, rng, pharmacy, "hospital", _LEAST_KM)
    at = in_hours(rng, days, 8, 12)
    seen = city.settle(rng, patient, hospital, at, care="outpatient", certain=False)
    way = float(kilometers(city, hospital, np.array([pharmacy]))[0]) / _BUS_KM_AN_HOUR
    home = at + round(way * _HOUR) + rng.integers(20 * MINUTE, 2 * _HOUR, len(at))
    return np.concatenate([seen, city.settle(rng, patient, pharmacy, home, certain=False)])


def _uploaded_next_day(city: Stage, rng: np.random.Generator, patient: int, days: Ints) -> Ints:
    """The clinic settles the day before's visits while the patient buys drugs in another district."""
    clinic = int(city.pick_providers(rng, "clinic", district=int(city.people.district[patient]))[0])
    pharmacy = far_from(city, rng, clinic, "pharmacy", _LEAST_KM)
    days = days[np.r_[True, np.diff(days) > 1]]
    at, served = in_hours(rng, days, 9, 18), days - 1
    uploaded = city.settle(
        rng,
        patient,
        clinic,
        at,
        care="outpatient",
        served=served,
        doctor=0,
        prescribed=-1,
        certain=False,
    )
    bought = city.settle(
        rng, patient, pharmacy, at + rng.integers(MINUTE, 20 * MINUTE, len(at)), certain=False
    )
    return np.concatenate([uploaded, bought])


def _seen(
    city: Stage, rng: np.random.Generator, patient: int, days: Ints, kind: str
) -> tuple[int, Ints, Ints]:
    """Visits to a provider near home: the provider, the times and the handles."""
    place = int(city.pick_providers(rng, kind, district=int(city.people.district[patient]))[0])
    at = in_hours(rng, days, 9, 16)
    handles = city.settle(rng, patient, place, at, care="outpatient", doctor=0, prescribed=at, certain=False)
    return place, at, handles
