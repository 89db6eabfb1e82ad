"""Credits of personal accounts that are not what the rules of the month say (D29, seed statements A21 to A27)."""

from __future__ import annotations

from dataclasses import dataclass

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.credit_cases import cases
from detection.circumstances.credit_evidence import with_evidence
from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from features.account.accuracy import person_month_dues, targets
from features.account.due import due_credits
from features.account.entitled import not_entitled
from features.account.gaps import missing_credits
from features.calendar import first_day
from features.registry import Frame

_MONTH = ["person_id", "month"]
_DAY = first_day(nw.col("month"))


@dataclass(frozen=True)
class _Span:
    """First and last month of credits and contributions, and the last day of the ledger."""

    first: int
    last: int
    last_day: int


def hits(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """One case per account, or per employer with several people, and kind of error.

    What was credited too much is above zero, what is owed to the insured below. A month in which the category of the
    person changed is not judged: the due of either category is right.
    """
    span = _span(context)
    dues = due_credits(
        context.whole.enrolments,
        context.whole.contributions,
        context.policy,
        (span.first, span.last),
        context.whole.persons,
    )
    held = _kept(person_month_dues(dues).join(context.views["monthly_credits"], on=_MONTH, how="left"))
    months = _kept(
        targets(held).with_columns(
            monthly=_monthly("schedule", context), retired_monthly=_monthly("retired_schedule", context)
        )
    )
    wrong = _wrong(months, thresholds)
    found = [
        wrong.filter(~_OF_ALL),
        _of_area(wrong.filter(_OF_ALL)),
        *_missing(months, context, thresholds, span),
        _of_employers(months, context),
        _of_unknown_dues(months),
        _not_due(context),
    ]
    suspects = _kept(nw.concat([one.select(_COLUMNS) for one in found]))
    return cases(with_evidence(_not_mended(suspects, context), context), thresholds, context.area)


_COLUMNS = [*_MONTH, "cause", "money", "late", "employer_id"]
_OF_ALL = (nw.col("cause") == "retired_not_uniform") & (nw.col("credited") == nw.col("usual")).fill_null(
    False
)
"""Credits of the retired that are wrong, and what most of them have: then it is the amount of all that is wrong."""


def _kept(frame: Frame) -> Frame:
    """Worked out once: what follows reads it several times."""
    native: pl.LazyFrame = frame.to_native()
    return nw.from_native(native.collect(engine="streaming").lazy())


def _monthly(schedule: str, context: DetectorContext) -> nw.Expr:
    return context.policy.holds(f"account_credit.{schedule}", "monthly", _DAY)


def _span(context: DetectorContext) -> _Span:
    credited: pl.LazyFrame = context.views["monthly_credits"].to_native()
    paid: pl.LazyFrame = context.whole.contributions.to_native()
    ledger: pl.LazyFrame = context.whole.account_entries.to_native()
    month = pl.concat([credited.select("month"), paid.select(month="accrual_month_index")])
    bounds = month.select(first=pl.col("month").min(), last=pl.col("month").max()).collect()
    [first, last], [day] = bounds.row(0), ledger.select(pl.col("posted_day").max()).collect().row(0)
    return _Span(first or 0, last or 0, day or 0)


def _wrong(months: Frame, thresholds: Thresholds) -> Frame:
    """Months with a credit that is not what was due.

    What the employer's part put into an account is another error, and told as such: it is taken off where what is left
    is right, and where more was credited than was due.
    """
    low, high, credited, part = (nw.col(name) for name in ("low", "high", "credited", "employer_part"))
    slack = thresholds.expression("tolerance_fen", _DAY)

    def right(amount: nw.Expr) -> nw.Expr:
        return ((amount - low).abs() <= slack) | ((amount - high).abs() <= slack)

    within = right(credited - part) | ((credited > high) & ~right(credited))
    net = nw.when((part != 0) & within).then(credited - part).otherwise(credited)
    judged = nw.col("retired") | nw.col("monthly")
    off = nw.when(net > high).then(net - high).otherwise(net - low)
    gap = nw.when(judged & ~right(net)).then(off)
    several = nw.col("credits") > 1
    again = several & (nw.col("smallest") == nw.col("largest")) & (credited >= nw.col("smallest") * 2)
    twice = judged & ((several & (nw.col("gap") > 0)) | (low.is_null() & again))
    least = high * thresholds.expression("lump_months", _DAY)
    scheduled = nw.when(nw.col("retired")).then(nw.col("retired_monthly")).otherwise(nw.col("monthly"))
    lump = scheduled & (nw.col("gap") > 0) & (high > 0) & (nw.col("largest") >= least)
    of_retired = nw.when(nw.col("rule") == "uniform").then(nw.lit("retired_not_uniform"))
    cause = (
        nw.when(twice)
        .then(nw.lit("duplicate_month"))
        .otherwise(
            nw.when(lump)
            .then(nw.lit("lump_credit"))
            .otherwise(
                nw.when(nw.col("retired"))
                .then(of_retired.otherwise(nw.lit("retired_changed")))
                .otherwise(
                    nw.when(nw.col("gap") > 0)
                    .then(nw.lit("wrong_rate_over"))
                    .otherwise(nw.lit("wrong_rate_under"))
                )
            )
        )
    )
    return (
        months.filter(~nw.col("credits").is_null())
        .with_columns(gap=gap)
        .filter(~nw.col("gap").is_null() | twice)
        .with_columns(
            cause=cause,
            money=nw.coalesce("gap", credited - nw.col("smallest")),
            late=nw.lit(False),
        )
    )


def _of_area(wrong: Frame) -> Frame:
    """An amount that is wrong for most of the retired: each month once, by one of them, with the money of all."""
    return (
        wrong.group_by("month")
        .agg(nw.col("person_id").min(), nw.col("money").sum())
        .with_columns(
            cause=nw.lit("retired_amount_of_all"),
            late=nw.lit(False),
            employer_id=nw.lit(None, dtype=nw.String),
        )
    )


def _missing(months: Frame, context: DetectorContext, thresholds: Thresholds, span: _Span) -> list[Frame]:
    """Months without any credit: of people at work who paid contributions, and of the retired."""
    working, retired = nw.col("at_work"), nw.col("retired")
    share, wait = (thresholds.expression(name, _DAY) for name in ("month_share", "wait_days"))
    kinds = {
        "missing_month": (
            working & ~retired & nw.col("monthly"),
            context.whole.has("contributions", "paid_on"),
        ),
        "retired_missing_month": (retired & ~working & nw.col("retired_monthly"), False),
    }
    open_accounts = context.whole.account_entries.select(nw.col("account_id").alias("person_id")).unique()
    return [
        missing_credits(
            months.filter(of_kind), share=share, wait=wait, last_day=span.last_day, unpaid_known=unpaid
        )
        .join(open_accounts, on="person_id", how="semi")
        .with_columns(cause=nw.lit(cause), money=0 - nw.col("low"))
        for cause, (of_kind, unpaid) in kinds.items()
    ]


def _of_employers(months: Frame, context: DetectorContext) -> Frame:
    """Months in which a part of the employer's contribution went into the account, though none may (A22)."""
    none = context.policy.holds("account_credit.employer_share", 0, _DAY)
    return months.filter(none & (nw.col("employer_part") != 0)).with_columns(
        cause=nw.lit("employer_share"), money=nw.col("employer_part"), late=nw.lit(False)
    )


def _of_unknown_dues(months: Frame) -> Frame:
    """Months of people at work for which nobody can say what is due: another category's rate may be known."""
    unknown = nw.col("at_work") & ~nw.col("retired") & nw.col("monthly") & nw.col("low").is_null()
    return months.filter(unknown).with_columns(
        cause=nw.lit("due_unknown"), money=nw.lit(0, dtype=nw.Int64), late=nw.lit(False)
    )


def _not_due(context: DetectorContext) -> Frame:
    """Credits for months in which the person was entitled to none.

    Where somebody paid for the month, or the entry names none, only the agency can tell.
    """
    lacking = not_entitled(
        context.views["monthly_credits"].filter(nw.col("credited") > 0),
        context.whole.enrolments,
        context.whole.persons,
        context.area,
    )
    month = nw.col("accrual_month_index")
    entries, paid = context.whole.account_entries, context.whole.contributions
    named = entries.filter(~month.is_null()).select(
        person_id=nw.col("account_id"), month=month, named=nw.lit(True)
    )
    paid_for = paid.select("person_id", month=month, paid=nw.lit(True))
    dead, unclear = nw.col("dead"), nw.col("named").is_null() | (~nw.col("dead") & ~nw.col("paid").is_null())
    return (
        lacking.join(named.unique(), on=_MONTH, how="left")
        .join(paid_for.unique(), on=_MONTH, how="left")
        .with_columns(
            cause=nw.when(unclear)
            .then(nw.lit("not_due_unclear"))
            .otherwise(nw.when(dead).then(nw.lit("not_due_after_death")).otherwise(nw.lit("not_due"))),
            money=nw.col("credited"),
            late=nw.lit(False),
            employer_id=nw.lit(None, dtype=nw.String),
        )
    )


def _not_mended(suspects: Frame, context: DetectorContext) -> Frame:
    """Without what an adjustment has put right, and without back-pay: months paid late, credited together later on.

    An adjustment that names no month puts one month right: of several with its amount, the earliest.
    """
    adjustment = (nw.col("entry_kind") == "adjustment") & nw.col("accrual_month_index").is_null()
    mended = (
        context.whole.account_entries.filter(adjustment)
        .select(nw.col("account_id").alias("person_id"), money=0 - nw.col("amount"))
        .group_by("person_id", "money")
        .agg(times=nw.len().cast(nw.Int64))
    )
    place = nw.col("one").cum_sum().over("person_id", "money", order_by=["month", "cause"])
    owed = suspects.filter(nw.col("late")).group_by("person_id").agg(paid_late=nw.col("money").sum())
    back_pay = (
        suspects.filter(nw.col("money") > 0)
        .join(owed, on="person_id", how="inner")
        .filter(nw.col("money") + nw.col("paid_late") == 0)
        .select("person_id", back=nw.col("month"))
    )
    covered = nw.col("late") | (nw.col("month") == nw.col("back"))
    return (
        suspects.with_columns(one=nw.lit(1))
        .with_columns(place=place)
        .join(mended, on=["person_id", "money"], how="left")
        .filter(nw.col("times").is_null() | (nw.col("place") > nw.col("times")))
        .drop("one", "place", "times")
        .join(back_pay, on="person_id", how="left")
        .filter(nw.col("back").is_null() | ~covered)
        .drop("back")
    )
