"""A provider whose settlements arrive late, without fields that they must have, or do not add up (D42).

What is counted is exact; how much of it is worth a letter is drawn on the card. A case is a provider, and
each kind of defect is judged by itself, by month: a bad day is no habit, and a few rows are none either.
"""

from __future__ import annotations

from dataclasses import dataclass

import narwhals as nw
import polars as pl

from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from features.registry import Frame
from features.visits.settlements import is_reversal

_CASE = ["provider_id", "settled_month"]
_PARTS = ("fully_self_paid", "over_limit_self_paid", "pre_self_paid", "in_scope_amount")
_PAYERS = ("pool_paid", "other_fund_paid", "account_paid", "mutual_aid_paid", "cash_paid", "provider_borne")
_CARE = ("outpatient", "emergency", "chronic_outpatient", "special_outpatient", "inpatient")
"""Kinds of care that a doctor gives: a pharmacy lawfully sends neither diagnosis nor prescriber."""


@dataclass(frozen=True)
class _Defect:
    """One kind of defect.

    Attributes:
        cause: its name on the card.
        seen_by: columns without which nobody can see it, as the card says.
        asked: the rows that it is looked for in.
        met: the rows that have it.
        least: names of the card's lines: rows, days and percent of the rows asked.
    """

    cause: str
    seen_by: tuple[str, ...]
    asked: nw.Expr
    met: nw.Expr
    least: tuple[str, str, str] = ("rows", "days", "percent")


_RARE = ("rare_rows", "rare_days", "rare_percent")
"""Lines of defects that no row should have."""


def hits(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """The settlements with a defect that is frequent at their provider in that month.

    A defect is judged only where the source has what it is seen by. Reversals are left out: they repeat what is
    wrong with the settlement that they reverse. No money is at issue: a row that is sent badly may be paid rightly.
    """
    defects = [one for one in _defects(thresholds) if context.tables.has("settlements", *one.seen_by)]
    met = [(one.asked & one.met).fill_null(False).alias(one.cause) for one in defects]
    asked = [one.asked.fill_null(False).alias(_asked(one)) for one in defects]
    sent = context.settlements.filter(~is_reversal())
    rows = sent.select("settlement_id", *_CASE, "settled_day", *met, *asked)
    frequent = _frequent(rows, defects, thresholds)
    some = rows.filter(nw.any_horizontal(*(one.cause for one in defects), ignore_nulls=True))
    found = _collected(some.join(frequent, on=_CASE, how="inner"))
    each = [found.filter(one.cause, _often(one)).with_columns(cause=nw.lit(one.cause)) for one in defects]
    nothing = nw.lit(0, dtype=nw.Int64)
    return nw.concat(each).select(
        "settlement_id",
        "provider_id",
        "cause",
        subject_id=nw.col("provider_id"),
        pool=nothing,
        account=nothing,
    )


def _collected(frame: Frame) -> Frame:
    native: pl.LazyFrame = frame.to_native()
    return nw.from_native(native.collect(engine="streaming").lazy())


def _defects(thresholds: Thresholds) -> list[_Defect]:
    every, care = ~nw.col("settlement_id").is_null(), nw.col("care_type").is_in(_CARE)
    waited = nw.col("settled_day") - nw.col("service_day")
    late = waited > thresholds.expression("late_days", nw.col("service_day"))
    prescribed = nw.any_horizontal(
        nw.col("prescribed_day") > nw.col("settled_day"),
        nw.col("prescribed_minute") > nw.col("settled_minute"),
        ignore_nulls=True,
    )
    stay = nw.col("discharged_day") < nw.col("admitted_day")
    served = nw.col("service_day") > nw.col("settled_day")
    payers = _unequal(_PAYERS, thresholds) | _nameless()
    return [
        _Defect("late", ("service_date",), every, late, ("rows", "days", "late_percent")),
        _Defect("no_diagnosis", ("diagnosis_code",), care, _blank("diagnosis_code")),
        _Defect("no_prescriber", ("prescriber_id",), care, _blank("prescriber_id")),
        _Defect("no_operator", ("operator_id",), every, _blank("operator_id")),
        _Defect("scope", _PARTS, every, _unequal(_PARTS, thresholds), _RARE),
        _Defect("payers", (*_PAYERS, "mutual_aid_payer_id"), every, payers, _RARE),
        _Defect("prescribed_after", ("prescribed_at",), every, prescribed, _RARE),
        _Defect("stay_days", ("admitted_on", "discharged_on"), every, stay, _RARE),
        _Defect("served_after", ("service_date",), every, served, _RARE),
    ]


def _asked(defect: _Defect) -> str:
    return f"{defect.cause}_asked"


def _often(defect: _Defect) -> str:
    return f"{defect.cause}_often"


def _frequent(rows: Frame, defects: list[_Defect], thresholds: Thresholds) -> Frame:
    """Providers and months in which a defect is in rows, on days and in a share of those asked that are enough."""
    counted = [name for one in defects for name in (one.cause, _asked(one))]
    of_days = rows.group_by(*_CASE, "settled_day").agg(nw.col(*counted).cast(nw.Int64).sum())
    days = [(nw.col(one.cause) > 0).cast(nw.Int64).sum().alias(f"{one.cause}_days") for one in defects]
    of_months = of_days.group_by(_CASE).agg(nw.col(*counted).sum(), *days)
    often = of_months.select(*_CASE, *(_is_often(one, thresholds).alias(_often(one)) for one in defects))
    return often.filter(nw.any_horizontal(*(_often(one) for one in defects), ignore_nulls=True))


def _is_often(defect: _Defect, thresholds: Thresholds) -> nw.Expr:
    rows, days, percent = (int(thresholds.latest(name)) for name in defect.least)
    found = nw.col(defect.cause)
    on_days = nw.col(f"{defect.cause}_days") >= days
    return (found >= rows) & on_days & (found * 100 >= nw.col(_asked(defect)) * percent)


def _blank(column: str) -> nw.Expr:
    return nw.col(column).is_null() | (nw.col(column).str.strip_chars() == "")


def _unequal(parts: tuple[str, ...], thresholds: Thresholds) -> nw.Expr:
    """Whether the total is not the sum of its parts."""
    return (nw.col("total_amount") - nw.sum_horizontal(*parts)).abs() > int(
        thresholds.latest("tolerance_fen")
    )


def _nameless() -> nw.Expr:
    """Mutual aid without a payer, or a payer without mutual aid."""
    return (nw.col("mutual_aid_paid").fill_null(0) != 0) == nw.col("mutual_aid_payer_id").is_null()
