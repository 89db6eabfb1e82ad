"""Looks like D21: care under a programme that nobody stopped, or that was given before it was stopped.

Employees' special diseases; residents' chronic diseases; employees' chronic care that was given before the programme
ended and settled afterwards; and the care of a former chronic patient as ordinary outpatient care. Where the programme
goes on for employees, their chronic care is what it always was.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from data_samples.scenes import Stage
from data_samples.scenes.whereabouts import a_month, in_hours

_CHRONIC, _SPECIAL = range(6), (6, 7)
_LATEST = 25
"""Days after which care is settled at the latest."""


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient; the four ways take turns."""
    ways = (_special, _of_a_resident, _settled_after_the_end, _as_ordinary_care)
    for number in range(instances):
        way = ways[number % len(ways)]
        if way is _settled_after_the_end and city.policy_start - _LATEST < city.period.first_day:
            way = _as_ordinary_care
        way(city, rng)


def _special(city: Stage, rng: np.random.Generator) -> None:
    """Special diseases keep their programmes."""
    patient, place = _patient(city, rng, "active" if rng.random() < 0.5 else "retired", "hospital")
    at = in_hours(rng, _some_days(city, rng))
    programme = int(rng.choice(_SPECIAL))
    _record(
        city,
        patient,
        place,
        city.settle(rng, patient, place, at, care="special_outpatient", programme=programme, certain=False),
    )


def _of_a_resident(city: Stage, rng: np.random.Generator) -> None:
    """High blood pressure and diabetes of residents: another scheme, another policy."""
    patient, place = _patient(city, rng, "resident", "primary_care")
    at = in_hours(rng, _some_days(city, rng))
    programme = int(rng.choice(_CHRONIC))
    _record(city, patient, place, city.settle(rng, patient, place, at, care="chronic", programme=programme))


def _settled_after_the_end(city: Stage, rng: np.random.Generator) -> None:
    """The last visits under the programme reach the fund some weeks after its end."""
    patient, place = _patient(city, rng, "retired", "primary_care")
    served = city.days(rng, 2, city.policy_start - 14, city.policy_start - 1)
    at = in_hours(rng, city.policy_start + rng.integers(0, _LATEST - 14, 2))
    handles = city.settle(
        rng,
        patient,
        place,
        at,
        care="chronic",
        programme=int(rng.choice(_CHRONIC)),
        served=served,
        channel="manual",
        doctor=0,
        prescribed=-1,
        certain=False,
    )
    _record(city, patient, place, handles)


def _as_ordinary_care(city: Stage, rng: np.random.Generator) -> None:
    """The same doctor and diagnosis as ever, settled as the rule has it for employees."""
    patient, place = _patient(city, rng, "retired", "primary_care")
    at = in_hours(rng, _some_days(city, rng))
    programme = int(rng.choice(_CHRONIC))
    handles = city.settle(
        rng, patient, place, at, care="chronic", programme=programme, diagnosis=3, doctor=0, certain=False
    )
    _record(city, patient, place, handles)


def _some_days(city: Stage, rng: np.random.Generator) -> Ints:
    """Days of a month, after the programme ended where it did."""
    return city.days(
        rng, city.ranges("programmes_that_go_on").count(rng, "visits"), *a_month(city, rng, city.policy_start)
    )


def _patient(city: Stage, rng: np.random.Generator, category: str, kind: str) -> tuple[int, int]:
    patient = int(city.pick_people(rng, 1, categories=[category], unrelated=False)[0])
    return patient, int(city.pick_providers(rng, kind, district=int(city.people.district[patient]))[0])


def _record(city: Stage, patient: int, place: int, handles: Ints) -> None:
    instance = city.instance("closed_policy_use", lookalike=True)
    instance.subject("provider", place).member("person", patient).settled(handles)
