"""A provider whose settlements arrive late, without fields that they must have, or do not add up (D42).

The counts are exact; the card's thresholds say how many are worth a letter. A case is a provider. Each kind of
defect is assessed by itself, by month: one bad day is no habit, nor are a few rows, nor what all others send alike.
A badly sent row may have been paid lawfully, so that no money is at issue.
Rivals: what is settled by hand was not sent; what others send alike, all the time or in the same month, is a defect of
the interface; a backlog that is sent at once, once a year, is an outage (`detection.circumstances.outages`).
"""

from __future__ import annotations

from dataclasses import dataclass

import narwhals.stable.v2 as nw

from detection.circumstances.outages import OUTAGE, backlogs
from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from features.contract.vocabulary import COST_COLUMNS, PAYER_COLUMNS
from features.engine import materialize
from features.registry import Frame
from features.tables import Tables
from features.visits.settlements import is_reversal

_CASE = ["provider_id", "settled_month"]
_CARE = ("outpatient", "emergency", "chronic_outpatient", "special_outpatient", "inpatient")
"""Kinds of care that a doctor gives: a pharmacy lawfully sends neither diagnosis nor prescriber."""
_DAY = nw.col("service_day")
"""The day whose thresholds apply to a row."""
_LATE = "late"


@dataclass(frozen=True)
class _Defect:
    """One kind of defect.

    Attributes:
        cause: its name on the card.
        columns: columns of settlements that show the defect, as the card says.
        applies: the rows that could have it.
        present: the rows that have it.
        minimum: names of the card's thresholds: rows, days and percent of the rows that could have it.
    """

    cause: str
    columns: tuple[str, ...]
    applies: nw.Expr
    present: nw.Expr
    minimum: tuple[str, str, str] = ("rows", "days", "percent")


_RARE = ("rare_rows", "rare_days", "rare_percent")
"""Thresholds of defects that no row should have."""


def hits(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """The settlements with a defect that is frequent at their provider in that month.

    A defect is assessed only where the source has the columns that show it. Reversals are left out: they repeat what
    is wrong with the settlement that they reverse. No money is at issue: a row that is sent badly may be paid rightly.
    """
    defects = [
        defect
        for defect in _defects(thresholds, context.whole)
        if context.whole.has("settlements", *defect.columns)
    ]
    present = [(each.applies & each.present).fill_null(False).alias(each.cause) for each in defects]
    applies = [each.applies.fill_null(False).alias(f"{each.cause}_applies") for each in defects]
    sent = context.assessable.settlements.filter(~is_reversal())
    rows = sent.select("settlement_id", *_CASE, "settled_day", "service_day", *present, *applies)
    if any(each.cause == _LATE for each in defects):
        rows = _without_outages(rows, thresholds)
    frequent = [
        (nw.col(each.cause) & _is_frequent(each, thresholds)).alias(f"{each.cause}_frequent")
        for each in defects
    ]
    defective = rows.filter(nw.any_horizontal(*(each.cause for each in defects), ignore_nulls=True))
    counts = _beyond_others(_counts(rows, defects), defects)
    counted = defective.join(counts, on=_CASE, how="inner").with_columns(frequent)
    frequent_rows = materialize(
        counted.filter(nw.any_horizontal(*(f"{each.cause}_frequent" for each in defects), ignore_nulls=True))
    )
    by_cause = [
        frequent_rows.filter(f"{each.cause}_frequent").with_columns(cause=nw.lit(each.cause))
        for each in defects
    ]
    no_money = nw.lit(0, dtype=nw.Int64)
    return nw.concat(by_cause).select(
        "settlement_id",
        "provider_id",
        "cause",
        subject_id=nw.col("provider_id"),
        pool=no_money,
        account=no_money,
    )


def _without_outages(rows: Frame, thresholds: Thresholds) -> Frame:
    """The rows, of which those of an outage do not count as sent late."""
    in_force = [thresholds.expression(name, _DAY).alias(name) for name in OUTAGE]
    late = rows.filter(_LATE).select("settlement_id", "provider_id", "service_day", "settled_day", *in_force)
    waited = nw.from_native(backlogs(late).lazy()).with_columns(waited=nw.lit(True))
    return (
        rows.join(waited, on="settlement_id", how="left")
        .with_columns((nw.col(_LATE) & ~nw.col("waited").fill_null(False)).alias(_LATE))
        .drop("waited")
    )


def _defects(thresholds: Thresholds, tables: Tables) -> list[_Defect]:
    every, care = ~nw.col("settlement_id").is_null(), nw.col("care_type").is_in(_CARE)
    # Receipts that a patient hands in are settled by hand: nobody sent them, early or late.
    sent = (nw.col("channel") != "manual").fill_null(True)
    late = nw.col("settled_day") - _DAY > thresholds.expression("late_days", _DAY)
    prescribed = nw.any_horizontal(
        nw.col("prescribed_day") > nw.col("settled_day"),
        nw.col("prescribed_minute") > nw.col("settled_minute"),
        ignore_nulls=True,
    )
    stay = nw.col("discharged_day") < nw.col("admitted_day")
    served = nw.col("settled_day") < _DAY
    payers = _unequal(PAYER_COLUMNS, thresholds) | _payer_without_payment()
    return [
        _Defect(_LATE, ("service_date",), sent, late, ("rows", "days", "late_percent")),
        _Defect("no_diagnosis", ("diagnosis_code",), care, _blank("diagnosis_code")),
        _Defect("no_prescriber", ("prescriber_id",), care, _no_id("prescriber_id", tables)),
        _Defect("no_operator", ("operator_id",), every, _no_id("operator_id", tables)),
        _Defect("scope", COST_COLUMNS, every, _unequal(COST_COLUMNS, thresholds), _RARE),
        _Defect("payers", (*PAYER_COLUMNS, "mutual_aid_payer_id"), every, payers, _RARE),
        _Defect("prescribed_after", ("prescribed_at",), every, prescribed, _RARE),
        _Defect("stay_days", ("admitted_on", "discharged_on"), every, stay, _RARE),
        _Defect("served_after", ("service_date",), every, served, _RARE),
    ]


def _counts(rows: Frame, defects: list[_Defect]) -> Frame:
    """By provider and month, of each defect: ``<cause>_rows``, ``<cause>_days`` and ``<cause>_of``."""
    counted = [name for each in defects for name in (each.cause, f"{each.cause}_applies")]
    of_days = rows.group_by(*_CASE, "settled_day").agg(nw.col(*counted).cast(nw.Int64).sum())
    of_months = [
        expression
        for each in defects
        for expression in (
            nw.col(each.cause).sum().alias(f"{each.cause}_rows"),
            nw.col(f"{each.cause}_applies").sum().alias(f"{each.cause}_of"),
            (nw.col(each.cause) > 0).cast(nw.Int64).sum().alias(f"{each.cause}_days"),
        )
    ]
    return of_days.group_by(_CASE).agg(of_months)


def _beyond_others(counts: Frame, defects: list[_Defect]) -> Frame:
    """The counts with ``<cause>_rows_others`` and ``<cause>_of_others``: those of all months of all other providers.

    ``<cause>_rows_then`` and ``<cause>_of_then`` are those of all providers in the month, this one included.
    What is usual everywhere is a defect of the interface or of the data set, and no provider's habit.
    """
    names = [name for each in defects for name in (f"{each.cause}_rows", f"{each.cause}_of")]
    then = counts.group_by("settled_month").agg(nw.col(name).sum().alias(f"{name}_then") for name in names)
    own = counts.group_by("provider_id").agg(nw.col(name).sum().alias(f"{name}_own") for name in names)
    whole = counts.select(nw.col(name).sum().alias(f"{name}_all") for name in names)
    others = ((nw.col(f"{name}_all") - nw.col(f"{name}_own")).alias(f"{name}_others") for name in names)
    by_provider = own.join(whole, how="cross").select("provider_id", *others)
    return counts.join(by_provider, on="provider_id", how="inner").join(then, on="settled_month", how="inner")


def _is_frequent(defect: _Defect, thresholds: Thresholds) -> nw.Expr:
    """Whether the month of a row has the defect in enough rows, on enough days, and in a large enough share."""
    rows, days, percent = (thresholds.expression(name, _DAY) for name in defect.minimum)
    defective = nw.col(f"{defect.cause}_rows")
    enough_days = nw.col(f"{defect.cause}_days") >= days
    of = nw.col(f"{defect.cause}_of")
    share = defective * 100 >= of * percent
    times = thresholds.expression("times_usual", _DAY)
    usual = nw.col(f"{defect.cause}_rows_others") * of * times
    beyond = defective * nw.col(f"{defect.cause}_of_others") >= usual
    rows_then, of_then = (nw.col(f"{defect.cause}_{name}_then") for name in ("rows", "of"))
    beyond = beyond & (defective * (of_then - of) >= (rows_then - defective) * of * times)
    return (defective >= rows) & enough_days & share & beyond


def _blank(column: str) -> nw.Expr:
    return nw.col(column).is_null() | (nw.col(column).str.strip_chars() == "")


def _no_id(column: str, tables: Tables) -> nw.Expr:
    if tables.ids is None:
        return _blank(column)
    return nw.col(column).is_null() | nw.col(column).is_in(tables.ids.blank())


def _unequal(parts: tuple[str, ...], thresholds: Thresholds) -> nw.Expr:
    """Whether the total is not the sum of its parts."""
    difference = (nw.col("total_amount") - nw.sum_horizontal(*parts)).abs()
    return difference > thresholds.expression("tolerance_fen", _DAY)


def _payer_without_payment() -> nw.Expr:
    """Mutual aid without a payer, or a payer without mutual aid."""
    return (nw.col("mutual_aid_paid").fill_null(0) != 0) == nw.col("mutual_aid_payer_id").is_null()
