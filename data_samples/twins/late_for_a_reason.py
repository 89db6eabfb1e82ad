"""Looks like D42: what is late or missing for a reason that the data show.

The line failed on one day, and its visits were sent a week later; invoices were handed in by patients and settled by
hand; a pharmacy gives no diagnosis, as most of them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.period import Ints
from data_samples.scenes import Stage
from data_samples.scenes.whereabouts import a_month, in_hours


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one provider within a month; the three ways take turns."""
    ways = (_one_day, _by_hand, _pharmacy)
    for number in range(instances):
        way = ways[number % len(ways)]
        kind = "pharmacy" if way is _pharmacy else ("primary_care", "clinic")[number % 2]
        place = int(city.pick_providers(rng, kind)[0])
        district, size = (
            int(city.places.district[place]),
            city.ranges("late_for_a_reason").people(rng, "patients"),
        )
        patients = city.pick_people(rng, size, district=district, unrelated=False)
        handles = way(city, rng, patients, place)
        instance = city.instance("data_transmission_defect", lookalike=True).subject("provider", place)
        instance.member("person", patients).settled(handles)


def _one_day(city: Stage, rng: np.random.Generator, patients: Ints, place: int) -> Ints:
    """Everybody of one day, five to nine days later."""
    first, last = a_month(city, rng, city.policy_start)
    served = int(rng.integers(first, last - 10))
    days = np.full(len(patients), served + int(rng.integers(5, 10)))
    return _sent(city, rng, patients, place, days, served=served, doctor=0, prescribed=-1)


def _by_hand(city: Stage, rng: np.random.Generator, patients: Ints, place: int) -> Ints:
    """The patients paid first and came to the agency some weeks later."""
    first, last = a_month(city, rng, city.policy_start + 60)
    days = rng.integers(first, last + 1, len(patients))
    served = np.maximum(days - rng.integers(8, 50, len(patients)), city.period.first_day)
    return _sent(city, rng, patients, place, days, served=served, doctor=0, prescribed=-1, channel="manual")


def _pharmacy(city: Stage, rng: np.random.Generator, patients: Ints, place: int) -> Ints:
    """Purchases without a prescription have neither a doctor nor a diagnosis."""
    who = np.repeat(patients, 3)
    days = rng.integers(*a_month(city, rng), len(who))
    return city.settle(
        rng, who, place, in_hours(rng, days, 8.5, 20), doctor=-1, prescribed=-1, diagnosis=-1, certain=False
    )


def _sent(city: Stage, rng: np.random.Generator, who: Ints, place: int, days: Ints, **fields: Any) -> Ints:
    return city.settle(rng, who, place, in_hours(rng, days), care="outpatient", certain=False, **fields)
