"""D22: the same cost is paid twice: online and again by manual reimbursement, or by both schemes."""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.period import Ints
from data_samples.scenes import Stage
from data_samples.scenes.whereabouts import a_month, in_hours

_DOUBLE_FROM = 60
"""Days before the first visit since when the patient is in both schemes."""
_LATEST = 25


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient; what is paid a second time is at issue. The two ways take turns."""
    for number, strength in enumerate(city.strengths(rng, instances)):
        ranges = city.ranges("duplicate_benefit", strength)
        way = (_again_by_hand, _by_the_other_scheme)[number % 2]
        patient = int(city.pick_people(rng, 1, account=True, age=(20, 90), unrelated=False)[0])
        kind = "hospital" if number % 4 < 2 else "primary_care"
        place = int(city.pick_providers(rng, kind)[0])
        days = city.days(rng, ranges.count(rng, "bills"), *_before_the_last_weeks(city, rng))
        at, total = in_hours(rng, days), ranges.fen(rng, "more", len(days))
        total[0] = ranges.fen(rng, "first", 1)[0]
        bill: dict[str, Any] = {
            "care": "outpatient",
            "total": total,
            "in_scope": True,
            "certain": False,
            "doctor": int(rng.integers(0, city.places.doctors[place])),
            "prescribed": at,
            "diagnosis": int(rng.integers(0, 60)),
            "item": rng.integers(1, 280, len(days)),
            "lines": 2,
            "packs": 1,
        }
        city.settle(rng, patient, place, at, **bill)
        handles = way(city, rng, patient, place, days, bill)
        city.instance("duplicate_benefit", strength=strength).subject("person", patient).settled(handles)


def _again_by_hand(
    city: Stage, rng: np.random.Generator, patient: int, place: int, days: Ints, bill: dict[str, Any]
) -> Ints:
    """The invoice is handed in at the counter some weeks later."""
    later = in_hours(rng, days + rng.integers(6, _LATEST, len(days)), 9, 16)
    return city.settle(rng, patient, place, later, served=days, channel="manual", **bill)


def _by_the_other_scheme(
    city: Stage, rng: np.random.Generator, patient: int, place: int, days: Ints, bill: dict[str, Any]
) -> Ints:
    """An employee who is enrolled as a resident too has the same visit paid there."""
    city.enrol(patient, "resident", "resident", int(days[0]) - _DOUBLE_FROM)
    later = in_hours(rng, days + rng.integers(6, _LATEST, len(days)), 9, 16)
    second = bill | {"purse": "cash"}
    return city.settle(
        rng,
        patient,
        place,
        later,
        served=days,
        channel="manual",
        scheme="resident",
        category="resident",
        **second,
    )


def _before_the_last_weeks(city: Stage, rng: np.random.Generator) -> tuple[int, int]:
    """Days of a month that leave time for the second settlement."""
    first, last = a_month(city, rng, city.policy_start)
    return first, min(last, city.period.last_day - _LATEST)
