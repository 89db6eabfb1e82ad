"""Much pooled care in the last weeks of the year, unlike the person's own habit, for much of the cap (D19).

Evidence is the care of these weeks, measured in two ways, of which the larger counts. Its days are compared with the
person's own rate in the rest of the time and with the season (gamma-Poisson), and what it cost with that of all who
came so often (Fisher). Its money beyond the person's habit is compared with that of all other weeks of all people:
null is that an illness falls into any weeks of the year (`models.evidence.other_weeks`). Exposed is everybody with
pooled care. Cases that are as rare raise each other: innocent ones would be alone. Several such people at one place
add to each other: how many a place has is compared with the share among all customers of these weeks.

Rivals: a chronic patient who reaches the cap has come as often all the year; drugs that fit the diagnosis, as the
other patients show, and medicine that the person buys in other weeks, too, count less; a few large bills are an
illness, no rush; a wave of illness moves everybody, and with it the season; spending without the pooled fund (an
account drained at the year's end) does not count.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.indication import indicated
from detection.circumstances.people.category_of_today import yearly_limit
from detection.circumstances.rushing_places import meetings, rushing_places, with_places
from detection.circumstances.weeks_of_care import Stretches, dear_last_weeks, with_goods, without_own
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from features.calendar import EPOCH, MONTHS_PER_YEAR, day_number
from features.contract.vocabulary import ORDINARY_CARE
from features.engine import collect
from features.registry import Frame
from features.visits.settlements import net_of_reversals
from models.evidence.combined import amount_surprise, fisher
from models.evidence.other_weeks import with_others_as_rare
from models.evidence.rush import habit, rush_surprise
from models.evidence.unit import ALERT, LEAD
from models.evidence.unit import evidence as evidence_of

_CAP = "benefit.annual_cap"
_CASE = ["person_id", "benefit_year"]
_PERCENT = 100
_LAST_DAYS = 5
_OF_MOST = 0.9995
_WAYS = 2
"""Ways of measuring, by days and by money; the larger counts, so each must be rarer."""
_CASES: dict[str, pl.DataType] = {
    "person_id": pl.String(),
    "benefit_year": pl.Int32(),
    "days": pl.Int64(),
    "expected": pl.Float64(),
    "value": pl.Float64(),
}


@dataclass(frozen=True)
class _Limits:
    """The card's thresholds, each a whole number; the card says what they are."""

    rush_days: int
    known_days: int
    least_settlements: int
    end_percent: int
    indicated_percent: int
    own_percent: int
    short_days: int

    @property
    def stretches(self) -> Stretches:
        return Stretches((self.rush_days, self.short_days), self.least_settlements, self.own_percent)

    @classmethod
    def of(cls, thresholds: StatisticalThresholds) -> _Limits:
        return cls(**{field.name: int(thresholds.latest(field.name)) for field in fields(cls)})


@dataclass(frozen=True)
class _Rushes:
    """Care in the last weeks of the years, and who had far more of it than usual.

    Attributes:
        late: care of these weeks: settlement_id, person_id, provider_id, diagnosis_code, benefit_year, pool.
        cases: `_CASE`, days, expected, value (evidence).
        places: provider_id, benefit_year, observed (such people), expected, value.
        meetings: provider_id, observed, expected, value of places that several of them use most.
    """

    late: pl.DataFrame
    cases: pl.DataFrame
    places: pl.DataFrame
    meetings: pl.DataFrame


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Care of the last weeks of the year of the people with the evidence of an alert."""
    rushes = _measure(context, _Limits.of(thresholds))
    shared = rushes.places.filter(pl.col("value") >= LEAD).select("provider_id", "benefit_year", shared=True)
    cause = pl.when(pl.col("shared")).then(pl.lit("together")).otherwise(pl.lit("more_than_before"))
    strong = rushes.late.join(rushes.cases.filter(pl.col("value") >= ALERT), on=_CASE)
    rows = strong.join(shared, on=["provider_id", "benefit_year"], how="left").select(
        "settlement_id",
        "person_id",
        pl.col("benefit_year").cast(pl.String),
        cause=cause,
        subject_id="person_id",
        strength="value",
    )
    return nw.from_native(rows.lazy())


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence about persons, and about the places that have several of them."""
    rushes = _measure(context, _Limits.of(thresholds))
    persons = rushes.cases.with_columns(observed=pl.col("days").cast(pl.Float64))
    places = rushes.places.with_columns(observed=pl.col("observed").cast(pl.Float64))
    parts = (
        ("person", persons, "person_id"),
        ("provider", places, "provider_id"),
        ("provider", rushes.meetings, "provider_id"),
    )
    return nw.from_native(
        pl.concat(
            part.select("value", "observed", "expected", subject_kind=pl.lit(kind), subject_id=key)
            for kind, part, key in parts
        ).lazy()
    )


@remembered
def _measure(context: DetectorContext, limits: _Limits) -> _Rushes:
    care = with_goods(context, collect(_care(context)))
    first, last = (day or 0 for day in collect(context.views["observed"]).row(0))  # null without a settlement
    years = [
        year
        for year in range(_year_of(first), _year_of(last) + 1)
        if last >= _year_end(year) - _LAST_DAYS
        and first <= _year_end(year) - limits.rush_days - limits.known_days
    ]
    in_weeks = [
        pl.col("day").is_between(_year_end(year) - limits.rush_days + 1, _year_end(year)) for year in years
    ]
    marked = care.with_columns(late=pl.any_horizontal(pl.lit(False), *in_weeks))
    late = marked.filter("late")
    otherwise = last - first + 1 - limits.rush_days * len(years)
    by_days = without_own(_cases(marked, years, otherwise, limits), marked, limits.own_percent)
    by_money = dear_last_weeks(care, years, (first, last), limits.stretches)
    cases = _larger(by_days, _with_evidence(by_money, _looks(care, years)))
    cases = _material(cases, late, care, limits)
    cases = _without_indicated(cases, late, context, limits)
    places = rushing_places(late, cases)
    added = with_places(cases, late, places)
    return _Rushes(late, added, places, meetings(late, added))


def _care(context: DetectorContext) -> Frame:
    """Ordinary care that the pooled fund paid for, after reversals; ``cap`` in fen, null where it is unknown."""
    ordinary = context.assessable.settlements.filter(nw.col("care_type").is_in(ORDINARY_CARE))
    cap = nw.lit(None, dtype=nw.Int64)
    if _CAP in context.policy.names():
        cap = yearly_limit(context, _CAP)
    funded = net_of_reversals(ordinary).filter(nw.col("pool_paid") > 0)
    return funded.select(
        "settlement_id",
        "person_id",
        "provider_id",
        "diagnosis_code",
        day=nw.col("service_day").cast(nw.Int64),
        pool=nw.col("pool_paid"),
        cap=cap,
        benefit_year=nw.col("service_month") // MONTHS_PER_YEAR,
    )


def _year_of(day: int) -> int:
    return (EPOCH + dt.timedelta(days=day)).year


def _year_end(year: int) -> int:
    """Last day of a benefit year, which is a calendar year, in days since 1970-01-01."""
    return day_number(dt.date(year, 12, 31))


def _cases(care: pl.DataFrame, years: list[int], otherwise: int, limits: _Limits) -> pl.DataFrame:
    """Everybody with enough days of care in the last weeks of a year: days, expected and value."""
    days = care.group_by("person_id", "day", "late", "benefit_year").agg(pl.col("pool").sum())
    people = days.group_by("person_id").agg((~pl.col("late")).sum().cast(pl.Int64).alias("otherwise"))
    people = people.sort("person_id")
    people = people.with_columns(
        pl.Series("usual", habit(people["otherwise"], otherwise, limits.rush_days), pl.Float64)
    )
    looks = _looks(care, years)
    of_years = [
        _of_year(people, days.filter("late", pl.col("benefit_year") == year), limits) for year in years
    ]
    measured = [
        part.with_columns(
            benefit_year=pl.lit(year, pl.Int32),
            value=pl.Series(evidence_of(part["surprise"], looks), dtype=pl.Float64),
        ).select(list(_CASES))
        for year, part in zip(years, of_years, strict=True)
    ]
    none = pl.DataFrame(schema=_CASES | {"person_id": care.schema["person_id"]})
    return pl.concat([none, *measured]).filter(pl.col("value") > 0)


def _looks(care: pl.DataFrame, years: list[int]) -> int:
    """How often chance had an occasion: every person in the last weeks of each year, in each way."""
    return max(care["person_id"].n_unique() * len(years), 1) * _WAYS


def _with_evidence(by_money: pl.DataFrame, looks: int) -> pl.DataFrame:
    value = evidence_of(by_money["surprise"], looks)
    return by_money.select(*_CASE, "days", value=pl.Series(value, dtype=pl.Float64))


def _larger(by_days: pl.DataFrame, by_money: pl.DataFrame) -> pl.DataFrame:
    """Cases with the larger value of all ways of measuring, given how many cases of the year have as much."""
    largest = (
        pl.concat([by_days, by_money.with_columns(expected=pl.lit(None, pl.Float64))], how="diagonal")
        .group_by(_CASE)
        .agg(pl.col("days").max(), pl.col("expected").drop_nulls().first(), pl.col("value").max())
        .sort(_CASE)
    )
    raised = pl.Series("value", with_others_as_rare(largest["value"]), pl.Float64)
    return largest.with_columns(raised).filter(pl.col("value") > 0).select(list(_CASES))


def _of_year(people: pl.DataFrame, late: pl.DataFrame, limits: _Limits) -> pl.DataFrame:
    """Surprise of the days of one year's last weeks, and of what they cost among all who came as often."""
    came = late.group_by("person_id").agg(days=pl.len().cast(pl.Int64), pool=pl.col("pool").sum())
    everybody = people.join(came, on="person_id", how="left").with_columns(
        pl.col("days", "pool").fill_null(0)
    )
    surprise, expected = rush_surprise(everybody["days"], everybody["usual"], everybody["otherwise"])
    often = everybody.with_columns(
        pl.Series("surprise", surprise, pl.Float64), pl.Series("expected", expected, pl.Float64)
    ).filter(pl.col("days") >= limits.least_settlements)
    both = fisher(often["surprise"], amount_surprise(often["pool"]))
    return often.with_columns(pl.Series("surprise", both, pl.Float64))


def _material(cases: pl.DataFrame, late: pl.DataFrame, care: pl.DataFrame, limits: _Limits) -> pl.DataFrame:
    """The cases whose last weeks took a share of the cap; where it is unknown, of the most that anybody was paid."""
    yearly = care.group_by(_CASE).agg(pl.col("pool").sum())
    most = yearly["pool"].quantile(_OF_MOST, "nearest")
    spent = late.group_by(_CASE).agg(pl.col("pool").sum(), pl.col("cap").max().fill_null(pl.lit(most)))
    enough = spent.filter(pl.col("pool") * _PERCENT >= pl.col("cap") * limits.end_percent)
    return cases.join(enough, on=_CASE, how="semi")


def _without_indicated(
    cases: pl.DataFrame, late: pl.DataFrame, context: DetectorContext, limits: _Limits
) -> pl.DataFrame:
    """The cases with less evidence as far as what was bought fits the diagnoses."""
    theirs = late.join(cases, on=_CASE, how="semi")
    known = indicated(context, theirs.select("settlement_id", "person_id", "diagnosis_code"))
    share = (
        theirs.join(known, on="settlement_id")
        .group_by(_CASE)
        .agg((pl.col("fitting").sum() / pl.max_horizontal(pl.col("known").sum(), 1)).alias("share"))
    )
    kept = 1 - pl.col("share").fill_null(0.0) * limits.indicated_percent / _PERCENT
    return cases.join(share, on=_CASE, how="left").with_columns(pl.col("value") * kept).drop("share")
