"""The annual cap of the pooled fund reached in a rush, by purchases unlike the person's own earlier months (D19).

Compared are the last weeks of the year, and those before the fund stopped paying, with what the same person spent,
and on what, in a year before them. The quarter that these weeks end is left out of that year: a rush may build up.
Evidence is far more spending than usual, or spending on other items. Reaching the cap is lawful: who is ill all year
reaches it evenly, and is no hit.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import narwhals.stable.v2 as nw

from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from features import intervals
from features.calendar import EPOCH, MONTHS_PER_YEAR
from features.contract.vocabulary import ORDINARY_CARE
from features.engine import materialize
from features.money import FEN_PER_YUAN
from features.policy import Policy
from features.registry import Frame

_CAP = "benefit.annual_cap"
_CASE = ["person_id", "benefit_year"]
_WEEKS = [*_CASE, "to_day"]
_FUNDED = nw.col("pool") > 0
_BOUGHT = nw.when(nw.col("care_type") == "pharmacy").then(nw.col("total")).otherwise(nw.lit(0))
_YEAR = 365  # days
_QUARTER = _YEAR // 4


@dataclass(frozen=True)
class _Limits:
    """The card's thresholds, each a whole number; the card says what they are."""

    cap_percent: int
    times: int
    other_times: int
    rush_days: int
    least_settlements: int
    last_days: int
    end_percent: int
    rush_percent: int
    purchases_percent: int
    one_illness_percent: int
    known_days: int
    least_usual: int
    other_percent: int

    @classmethod
    def of(cls, thresholds: StatisticalThresholds) -> _Limits:
        return cls(**{field.name: int(thresholds.latest(field.name)) for field in fields(cls)})


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Care of the last weeks of a year, or before the cap, of a person near the cap, where they are unlike others.

    The year of a mid-year start is left out: its cap may be a part of the year's.
    """
    limits = _Limits.of(thresholds)
    care = _ordinary_care(context)
    near = (
        care.group_by(*_CASE)  # reversals are rows of their own, with negative amounts
        .agg(used=nw.col("pool_paid").sum(), cap=nw.col("cap").max())
        .filter(nw.col("used") * 100 >= nw.col("cap") * limits.cap_percent)
    )
    reached = materialize(near)
    lives = materialize(_net(care, reached, context))  # of the few people near their cap
    weeks = materialize(
        _with_times(lives, _rushed(lives, _ends(lives, reached, limits), limits), context, limits)
    )
    rows = _within(lives, weeks, "times")
    more = rows.filter(nw.col("times") >= limits.times)
    changed = rows.filter(nw.col("times") >= limits.other_times)
    other = changed.join(_on_other_items(context, lives, weeks, limits), on=_WEEKS, how="semi")
    causes = {"more_than_before": more, "other_items": other}
    return nw.concat(
        [rows_of_cause.with_columns(cause=nw.lit(name)) for name, rows_of_cause in causes.items()]
    ).select(
        "settlement_id",
        "person_id",
        "cause",
        nw.col("person_id").alias("subject_id"),
        nw.col("benefit_year").cast(nw.String),
        strength=nw.col("times").cast(nw.Float64),
    )


def _ordinary_care(context: DetectorContext) -> Frame:
    """Employees' outpatient care on days on which the cap is known: the settlements with benefit_year, day and cap."""
    return (
        context.assessable.settlements.filter(
            nw.col("scheme") == "employee", nw.col("care_type").is_in(ORDINARY_CARE)
        )
        .select(
            "settlement_id",
            "person_id",
            "pool_paid",
            "diagnosis_code",
            "care_type",
            benefit_year=nw.col("service_month") // MONTHS_PER_YEAR,
            day=nw.col("service_day").cast(nw.Int64),
            cap=_cap(context.policy),
        )
        .filter(~nw.col("cap").is_null(), nw.col("benefit_year") > _mid_year_start(context.policy))
    )


def _net(care: Frame, reached: Frame, context: DetectorContext) -> Frame:
    """All care of these people after reversals: _CASE, settlement_id, diagnosis_code, day, total, pool."""
    net = context.views["net_settlements"].select(
        "settlement_id", nw.col("total_amount").alias("total"), nw.col("pool_paid").alias("pool")
    )
    people = reached.select("person_id").unique()
    theirs = care.join(people, on="person_id", how="semi").drop("pool_paid", "cap")
    return theirs.join(net, on="settlement_id", how="inner")


def _mid_year_start(policy: Policy) -> int:
    began = policy.cut_over
    return began.year if began and (began.month, began.day) != (1, 1) else 0


def _cap(policy: Policy) -> nw.Expr:
    """The cap of the day and category, in fen; null where it is not known."""
    return policy.fen(_CAP, nw.col("service_day"), person_category=nw.col("person_category"))


def _ends(lives: Frame, reached: Frame, limits: _Limits) -> Frame:
    """Of each person and year near the cap, the weeks before the last care of the year, and before the fund's last pay.

    Columns: person_id, benefit_year, cap, from_day, to_day.
    """
    theirs = lives.join(reached.select(*_CASE, "cap"), on=_CASE, how="inner")
    last = [
        rows.group_by(*_CASE, "cap").agg(to_day=nw.col("day").max())
        for rows in (theirs, theirs.filter(_FUNDED))
    ]
    weeks = nw.concat(last).unique()
    return weeks.with_columns(from_day=nw.col("to_day") - limits.rush_days + 1)


def _within(lives: Frame, weeks: Frame, *more: str) -> Frame:
    """The care of these weeks; with ``more`` of their columns."""
    return lives.join(weeks.select(*_WEEKS, "from_day", *more), on=_CASE, how="inner").filter(
        intervals.holds("from_day", "to_day", "day")
    )


def _before(lives: Frame, weeks: Frame) -> Frame:
    """What the person was settled for in the year that ended a quarter before the end of these weeks."""
    past = nw.col("to_day") - _QUARTER
    return (
        lives.select("person_id", "settlement_id", "day", "total")
        .join(weeks.select(_WEEKS), on="person_id", how="inner")
        .filter(nw.col("day") <= past, nw.col("day") > past - _YEAR)
    )


def _rushed(lives: Frame, weeks: Frame, limits: _Limits) -> Frame:
    """The weeks late in the year, or with nearly all of the cap for purchases for several illnesses; with ``spent``."""
    sums = (
        _within(lives, weeks, "cap")
        .group_by(*_WEEKS, "from_day", "cap")
        .agg(
            spent=nw.col("total").sum(),
            bought=_BOUGHT.sum(),
            pool=nw.col("pool").sum(),
            settlements=nw.len().cast(nw.Int64),
        )
        .filter(nw.col("settlements") >= limits.least_settlements)
    )
    percent = nw.col("pool") * 100
    late = _year_end() - nw.col("to_day") < limits.last_days
    at_the_end = late & (percent >= nw.col("cap") * limits.end_percent)
    large = percent >= nw.col("cap") * limits.rush_percent
    goods = nw.col("bought") * 100 >= nw.col("spent") * limits.purchases_percent
    rushed = sums.with_columns(at_the_end=at_the_end).filter(nw.col("at_the_end") | (large & goods))
    ill = _mostly_same_illness(lives, rushed, limits).with_columns(at_the_end=nw.lit(False))
    return rushed.join(ill, on=[*_WEEKS, "at_the_end"], how="anti")


def _mostly_same_illness(lives: Frame, weeks: Frame, limits: _Limits) -> Frame:
    """Weeks that went, for the larger part of what has a diagnosis, to one illness.

    That happens at any time of the year, and is a reason; at the year's end it is not enough of one.
    """
    known = _within(lives, weeks).filter(~nw.col("diagnosis_code").is_null())
    of_each = known.group_by(*_WEEKS, "diagnosis_code").agg(nw.col("total").sum())
    whole = nw.col("total").sum().over(*_WEEKS)
    mostly = nw.col("total") * 100 >= whole * limits.one_illness_percent
    return of_each.with_columns(mostly=mostly).filter(nw.col("mostly")).select(_WEEKS).unique()


def _with_times(lives: Frame, rushed: Frame, context: DetectorContext, limits: _Limits) -> Frame:
    """The weeks with ``times``: how many usual months of that year they cost.

    Weeks before which too few days were observed are left out: what is usual is not known.
    """
    known = nw.min_horizontal(nw.col("to_day") - _QUARTER - nw.col("first_day") + 1, nw.lit(_YEAR))
    with_past = (
        rushed.join(context.views["observed"].select(nw.col("first_day").cast(nw.Int64)), how="cross")
        .with_columns(known=known)
        .filter(nw.col("known") >= limits.known_days)
    )
    usual = _before(lives, with_past).group_by(_WEEKS).agg(usual=nw.col("total").sum())
    least = nw.col("known") * limits.least_usual * FEN_PER_YUAN * MONTHS_PER_YEAR / _YEAR
    past = nw.max_horizontal(nw.col("usual").fill_null(0), least)
    return with_past.join(usual, on=_WEEKS, how="left").with_columns(
        times=nw.col("spent") * nw.col("known") * MONTHS_PER_YEAR / (past * _YEAR)
    )


def _year_end() -> nw.Expr:
    """Last day of a benefit year, which is a calendar year, in days since 1970-01-01."""
    year = nw.col("benefit_year").cast(nw.Int64)
    ordinal = year * _YEAR + year // 4 - year // 100 + year // 400
    return ordinal - EPOCH.toordinal()


def _on_other_items(context: DetectorContext, lives: Frame, weeks: Frame, limits: _Limits) -> Frame:
    """Weeks that went, for the larger part, to items that the person had not bought in that year."""
    sold = context.whole.charge_lines.select("settlement_id", "item_code", "amount")
    bought = (
        _before(lives, weeks).select(*_WEEKS, "settlement_id").join(sold, on="settlement_id", how="inner")
    )
    known = bought.select(*_WEEKS, "item_code").unique().with_columns(old=nw.lit(1))
    return (
        _within(lives, weeks)
        .select(*_WEEKS, "settlement_id")
        .join(sold, on="settlement_id", how="inner")
        .join(known, on=[*_WEEKS, "item_code"], how="left")
        .with_columns(new=nw.when(nw.col("old").is_null()).then(nw.col("amount")).otherwise(nw.lit(0)))
        .group_by(_WEEKS)
        .agg(nw.col("amount").sum(), nw.col("new").sum())
        .filter(
            nw.col("amount") > 0,
            nw.col("new") * 100 >= nw.col("amount") * limits.other_percent,
        )
        .select(_WEEKS)
    )
