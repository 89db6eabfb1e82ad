"""Looks like D20: the fund's part changes from visit to visit, by rule.

Somebody retires within the year and has another deductible and ratio; care of December is settled in January; a
reversal gives the deductible back; and the cap is crossed, so that the last visits are paid in part or not at all.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from data_samples.scenes import DAY, Stage
from data_samples.scenes.benefit_values import cost_of_the_cap, whole_years
from data_samples.scenes.whereabouts import a_month, in_hours

_VISITS_TO_THE_CAP = 12
_LAST_WEEKS = 60
_COURSE = 105


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient of one health center; the four ways take turns."""
    ways = (_retires, _december_in_january, _given_back, _crosses_the_cap)
    for number in range(max(instances, len(ways))):
        way = ways[number % len(ways)]
        if way is _december_in_january and not _ends(city):
            way = _given_back
        ages = (52, 64) if way is _retires else (22, 60)
        patient = int(city.pick_people(rng, 1, categories=["active"], age=ages, unrelated=False)[0])
        center = int(city.pick_providers(rng, "primary_care", district=int(city.people.district[patient]))[0])
        handles = way(city, rng, patient, center)
        instance = city.instance("benefit_recalc_mismatch", lookalike=True)
        instance.subject("person", patient).settled(handles)


def _retires(city: Stage, rng: np.random.Generator, patient: int, center: int) -> Ints:
    """Visits before and after the day of retirement, within one month."""
    first, last = a_month(city, rng, city.policy_start)
    day = int(rng.integers(first + 7, last - 7))
    city.change_cover(patient, day, "retired")
    before, after = city.ranges("benefits_that_change").counts(rng, "visits", 2).tolist()
    days = np.r_[city.days(rng, before, first, day - 1), city.days(rng, after, day, last)]
    return _visits(city, rng, patient, center, days)


def _december_in_january(city: Stage, rng: np.random.Generator, patient: int, center: int) -> Ints:
    """The year that care is given in has the deductible and the cap, not the year of the settlement."""
    end = int(rng.choice(_ends(city)))
    ordinary = _visits(city, rng, patient, center, city.days(rng, 3, end - 28, end - 15))
    served = city.days(rng, 2, end - 9, end)
    at = in_hours(rng, end + rng.integers(6, 20, 2))
    late = city.settle(
        rng,
        patient,
        center,
        at,
        care="outpatient",
        total=city.ranges("benefits_that_change").fen(rng, "cost", 2),
        in_scope=True,
        certain=False,
        served=served,
        channel="manual",
        doctor=0,
        prescribed=-1,
    )
    return np.concatenate(
        [ordinary, late, _visits(city, rng, patient, center, city.days(rng, 2, end + 1, end + 25))]
    )


def _given_back(city: Stage, rng: np.random.Generator, patient: int, center: int) -> Ints:
    """A large visit uses up the deductible and is reversed some days later: the next one pays it again."""
    first, last = a_month(city, rng, city.policy_start)
    at = in_hours(rng, first + 1)
    large = city.settle(rng, patient, center, at, care="outpatient", total=150_000, in_scope=True)
    city.reverse(large, at + int(rng.integers(2, 6)) * DAY)
    later = city.days(rng, city.ranges("benefits_that_change").count(rng, "visits"), first + 8, last)
    return np.concatenate([large, _visits(city, rng, patient, center, later)])


def _crosses_the_cap(city: Stage, rng: np.random.Generator, patient: int, center: int) -> Ints:
    """A course of some months with one doctor that costs a fifth more than what the fund pays in a year."""
    each = cost_of_the_cap(city, "active", _VISITS_TO_THE_CAP) * 6 // (5 * _VISITS_TO_THE_CAP)
    days = city.days(rng, _VISITS_TO_THE_CAP, *_some_months(city, rng))
    at = in_hours(rng, days)
    return city.settle(
        rng,
        patient,
        center,
        at,
        care="outpatient",
        total=np.round(each * rng.uniform(0.97, 1.03, len(days))).astype(np.int64),
        in_scope=True,
        certain=False,
        item=int(rng.integers(1, 280)),
        lines=1,
        diagnosis=5,
        doctor=0,
        prescribed=at,
    )


def _some_months(city: Stage, rng: np.random.Generator) -> tuple[int, int]:
    """About fifteen weeks of one year, if the period has so many, and never the last ones of the year."""
    days = np.arange(max(city.period.first_day, city.policy_start), city.period.last_day + 1)
    years = days.astype("datetime64[D]").astype("datetime64[Y]")
    spans = []
    for year in np.unique(years):
        end = int((year + 1).astype("datetime64[D]").astype(np.int64)) - 1 - _LAST_WEEKS
        mine = days[(years == year) & (days <= end)]
        spans += [(int(mine[0]), int(mine[-1]))] if len(mine) >= _VISITS_TO_THE_CAP else []
    longest = max(spans, key=lambda span: span[1] - span[0])
    enough = [span for span in spans if span[1] - span[0] >= _COURSE] or [longest]
    begin, end = enough[int(rng.integers(len(enough)))]
    first = int(rng.integers(begin, max(begin, end - _COURSE) + 1))
    return first, min(first + _COURSE, end)


def _ends(city: Stage) -> list[int]:
    """Last days of benefit years that have a month before and after them in the period."""
    return [end for _, end in whole_years(city) if end + 31 <= city.period.last_day]


def _visits(city: Stage, rng: np.random.Generator, patient: int, center: int, days: Ints) -> Ints:
    total = city.ranges("benefits_that_change").fen(rng, "cost", len(days))
    return city.settle(
        rng,
        patient,
        center,
        in_hours(rng, days),
        care="outpatient",
        total=total,
        in_scope=True,
        certain=False,
    )
