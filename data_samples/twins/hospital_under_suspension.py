"""Looks like D31: a hospital or health center is suspended; stays that began before end there, and emergencies come.

Others are treated on the last day before and on the first day after the suspension.
"""

from __future__ import annotations

import numpy as np

from data_samples.drafts import Drafts, service_day, take
from data_samples.magnitudes import KINDS
from data_samples.period import Ints
from data_samples.scenes import DAY, Stage, second
from data_samples.twins.share import share

FIRST = True
"""Plays before the twins that send people to hospitals: one that is suspended must be out of their way."""

_SHARE = 15
_FEWEST_LEFT = 4
_NIGHTS = 3
_TRIES = 20


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one provider in weeks where nothing is planted; a small city has too few to suspend one."""
    planted = city.drafts()
    for number in range(share(instances, _SHARE)):
        kind = KINDS.index("hospital" if number % 2 else "primary_care")
        free = np.flatnonzero((city.places.kind == kind) & ~city.provider_taken)
        length = int(rng.integers(20, 46))
        chosen = _quiet_weeks(city, rng, free, length, planted) if len(free) > _FEWEST_LEFT else None
        if chosen is None:
            continue
        place, first = chosen
        city.provider_taken[place] = True
        city.suspend_provider(place, first, first + length - 1)
        instance = city.instance("ineligible_settlement", lookalike=True).subject("provider", place)
        for handles, patients in (
            _stays(city, rng, place, first),
            _emergencies(city, rng, place, first, length),
            _edge_days(city, rng, place, first, length),
        ):
            instance.member("person", patients).settled(handles)


def _quiet_weeks(
    city: Stage, rng: np.random.Generator, places: Ints, length: int, planted: Drafts
) -> tuple[int, int] | None:
    """One of the places and the first of so many days in which no scene settles or reverses anything there."""
    for place in rng.permutation(places).tolist():
        mine = take(planted, planted.provider == place)
        busy = np.r_[mine.at // DAY, service_day(mine), mine.reversed_at // DAY]
        for _ in range(_TRIES):
            first = int(rng.integers(city.period.first_day + 10, city.period.last_day - length - 10))
            if not ((busy >= first - 1) & (busy <= first + length)).any():
                return place, first
    return None


def _stays(city: Stage, rng: np.random.Generator, place: int, first: int) -> tuple[Ints, Ints]:
    """Admitted a day or two before the suspension, discharged within it."""
    patients = city.pick_people(
        rng,
        city.ranges("hospital_under_suspension").people(rng, "stays"),
        district=int(city.places.district[place]),
    )
    admitted = first - rng.integers(1, _NIGHTS, len(patients))
    at = (first + rng.integers(0, 2, len(patients))) * DAY + rng.integers(
        second(9), second(15), len(patients)
    )
    handles = city.settle(
        rng,
        patients,
        place,
        at,
        care="inpatient",
        certain=False,
        admitted=admitted,
    )
    return handles, patients


def _emergencies(
    city: Stage, rng: np.random.Generator, place: int, first: int, length: int
) -> tuple[Ints, Ints]:
    """Nobody is turned away in an emergency."""
    patients = city.pick_people(
        rng,
        city.ranges("hospital_under_suspension").people(rng, "emergencies"),
        district=int(city.places.district[place]),
    )
    at = rng.integers(first, first + length, len(patients)) * DAY + rng.integers(0, DAY, len(patients))
    return city.settle(rng, patients, place, at, care="emergency", certain=False), patients


def _edge_days(
    city: Stage, rng: np.random.Generator, place: int, first: int, length: int
) -> tuple[Ints, Ints]:
    """Ordinary visits on the last day before and the first day after."""
    patients = city.pick_people(
        rng,
        city.ranges("hospital_under_suspension").people(rng, "edges"),
        district=int(city.places.district[place]),
    )
    day = np.where(rng.random(len(patients)) < 0.5, first - 1, first + length)
    at = day * DAY + rng.integers(second(8), second(17), len(patients))
    return city.settle(rng, patients, place, at, care="outpatient", certain=False), patients
