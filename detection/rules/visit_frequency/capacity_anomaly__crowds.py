"""Hours in which a place settles for far more people than it ever does, on several days that nothing announces (D32).

Null: the busiest hour of a day is as busy as the place's own calendar lets one expect (gamma-Poisson): its other days,
those of the weekday and of the day of the month, and the days around. How many hours beyond that a place has is
compared with all the other places. Exposure: days of places whose times are known to the minute.
Rivals: market days and members' days come again in the calendar; sales and waves of illness last for days; a check-up
brings people of one employer; what is registered (clinic days, events), stays, programmes and what was entered by hand
afterwards is left out; one or two crowds happen to many places, and are what the others' rate consists of.
"""

from __future__ import annotations

from dataclasses import dataclass

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl

from detection.circumstances.operators.crowds import busiest_hours, expected_people, of_one_employer
from detection.circumstances.quick_reversals import NO_COUNTER_CARE
from detection.circumstances.registered import explained_visits
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from detection.evidence.by_kind import about_providers
from features.registry import Frame
from features.visits.settlements import is_reversal, under_programme
from models.evidence.counts import fitted_shape, gamma_poisson_surprise
from models.evidence.others import Others, Prior
from models.evidence.unit import ALERT

_HOUR = 60
_BY_HAND = "manual"
_PRIOR = Prior(rate=0.0005, weight=2000.0, most_even=1.0)
_MOST_EVEN = 4.0
"""The largest shape of the busiest hours: no place's days are more alike than so."""


@dataclass(frozen=True)
class _Measured:
    """The settlements at counters, and their crowds.

    Attributes:
        settled: settlement_id, provider_id, person_id, day, minute.
        crowds: provider_id, day, begins (minute) of crowded hours.
        places: provider_id, observed (crowded hours), expected, value (evidence); every place.
    """

    settled: pl.DataFrame
    crowds: pl.DataFrame
    places: pl.DataFrame


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The settlements of the crowded hours, of the places with more of them than others."""
    measured = _measured(context, thresholds)
    least = int(thresholds.latest("min_crowds"))
    cases = measured.places.filter(pl.col("value") >= ALERT, pl.col("observed") >= least)
    return nw.from_native(
        _within(measured.crowds, measured.settled)
        .join(cases, on="provider_id")
        .lazy()
        .select(
            "settlement_id",
            "provider_id",
            subject_id="provider_id",
            strength="value",
            cause=pl.lit("crowded_hour"),
        )
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every place with a crowded hour; observed and expected are such hours."""
    return nw.from_native(about_providers(_measured(context, thresholds).places))


@remembered
def _measured(context: DetectorContext, thresholds: StatisticalThresholds) -> _Measured:
    settled = _settled(context)
    once = settled.unique(["provider_id", "day", "person_id"], keep="first", maintain_order=True)
    hours = busiest_hours(once)
    people, expected = hours["people"].to_numpy(), expected_people(hours).to_numpy()
    shape = min(fitted_shape(people, expected), _MOST_EVEN)
    surprise = pl.Series(gamma_poisson_surprise(people, expected, shape), dtype=pl.Float64)
    rare = surprise >= float(thresholds.latest("least_surprise"))
    crowds = hours.filter(rare, pl.col("people") >= int(thresholds.latest("min_people")))
    employments: pl.LazyFrame = context.whole.enrolments.select("person_id", "employer_id").to_native()
    staff = of_one_employer(_within(crowds, once), employments.collect())
    crowds = crowds.join(staff, on=["provider_id", "day"], how="anti").select("provider_id", "day", "begins")
    return _Measured(settled, crowds, _places(hours, crowds))


def _within(crowds: pl.DataFrame, settled: pl.DataFrame) -> pl.DataFrame:
    """Settlements of the crowded hours."""
    of_days = settled.join(crowds.select("provider_id", "day", "begins"), on=["provider_id", "day"])
    return of_days.filter(pl.col("minute").is_between("begins", pl.col("begins") + _HOUR, closed="left"))


def _settled(context: DetectorContext) -> pl.DataFrame:
    """Settlements that show a person at a counter, whom no registered context explains."""
    explained: pl.LazyFrame = explained_visits(context).to_native()
    settled: pl.LazyFrame = (
        context.assessable.settlements.filter(
            ~is_reversal(),
            ~under_programme().fill_null(False),
            ~nw.col("care_type").fill_null("").is_in(NO_COUNTER_CARE),
            nw.col("channel").fill_null("") != _BY_HAND,
            ~nw.col("settled_minute").is_null(),
        )
        .select("settlement_id", "provider_id", "person_id", day="settled_day", minute="settled_minute")
        .to_native()
    )
    return (
        settled.join(explained, on=["person_id", "provider_id", "day"], how="anti")
        .sort("provider_id", "minute", "settlement_id")
        .collect()
    )


def _places(hours: pl.DataFrame, crowds: pl.DataFrame) -> pl.DataFrame:
    days = hours.group_by("provider_id").agg(days=pl.len().cast(pl.Int64))
    of_place = crowds.group_by("provider_id").agg(observed=pl.len().cast(pl.Int64))
    places = days.join(of_place, on="provider_id", how="left").sort("provider_id")
    seen, exposure = places["observed"].fill_null(0).to_numpy(), places["days"].to_numpy()
    others = Others.of(seen, exposure, np.ones(len(seen)), _PRIOR)
    return places.select(
        "provider_id",
        observed=pl.Series(seen, dtype=pl.Int64),
        expected=pl.Series(others.expected(seen, exposure), dtype=pl.Float64),
        value=pl.Series(others.evidence(seen, exposure), dtype=pl.Float64),
    )
