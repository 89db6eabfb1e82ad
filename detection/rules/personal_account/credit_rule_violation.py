"""Credits of personal accounts that are not what the rules of the month say (D29, seed statements A21 to A27).

The rule works out what each month is due from the category, the base and the policy of that month. Evidence is a
credit of another amount, a month credited twice, not at all, or without entitlement. A difference within the
tolerance is lawful, and so is a credit whose entry was lost, which the next balance shows. A month in which the
category changed is not assessed: the due of either category is right. A contribution that was paid when the person was
no longer enrolled, or after death, may have found the account closed: no credit is missing.
"""

from __future__ import annotations

from dataclasses import dataclass

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.credits.closed_accounts import without_closed_accounts
from detection.circumstances.credits.credit_cases import cases
from detection.circumstances.credits.credit_evidence import with_evidence
from detection.circumstances.credits.lost_credits import without_lost_entries
from detection.circumstances.credits.wrong_credits import wrong_credits
from detection.circumstances.people.category_of_today import is_of_today, possible_enrolments
from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from features.account.accuracy import person_month_dues, targets
from features.account.due import due_credits
from features.account.entitled import not_entitled
from features.account.gaps import missing_credits
from features.calendar import first_day
from features.engine import materialize
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
    person changed is not assessed: the due of either category is right.
    """
    span = _span(context)
    months = _months(context, span)
    by_cause = [
        *wrong_credits(months, thresholds),
        *_missing(months, context, thresholds, span),
        _of_employers(months, context),
        _of_unknown_dues(months),
        _of_unknown_categories(months, context),
        _not_due(months, context),
    ]
    suspects = materialize(nw.concat([of_cause.select(_COLUMNS) for of_cause in by_cause]))
    standing = without_lost_entries(materialize(_not_adjusted(suspects, context)), context, thresholds)
    shown = context.whole.with_texts(with_evidence(standing, context), person="person_id")
    return cases(shown, thresholds, context.area)


_COLUMNS = [*_MONTH, "cause", "money", "late", "employer_id"]


def _months(context: DetectorContext, span: _Span) -> Frame:
    """Months of people with their dues, what was credited, and whether they are credited monthly."""
    dues = due_credits(
        possible_enrolments(context),
        context.whole.contributions,
        context.policy,
        (span.first, span.last),
        context.whole.persons,
    )
    credited = materialize(
        person_month_dues(dues, possible=is_of_today(context, "enrolments")).join(
            context.views["monthly_credits"], on=_MONTH, how="left"
        )
    )
    return materialize(
        targets(credited).with_columns(
            monthly=_monthly("schedule", context), retired_monthly=_monthly("retired_schedule", context)
        )
    )


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
    lacking = {
        cause: missing_credits(
            months.filter(of_kind), share=share, wait=wait, last_day=span.last_day, unpaid_known=unpaid
        ).join(open_accounts, on="person_id", how="semi")
        for cause, (of_kind, unpaid) in kinds.items()
    }
    return [
        without_closed_accounts(of_cause, context).with_columns(cause=nw.lit(cause), money=0 - nw.col("low"))
        for cause, of_cause in lacking.items()
    ]


def _of_employers(months: Frame, context: DetectorContext) -> Frame:
    """Months in which a part of the employer's contribution went into the account, though none may (A22)."""
    none = context.policy.holds("account_credit.employer_share", 0, _DAY)
    return months.filter(none & (nw.col("employer_part") != 0)).with_columns(
        cause=nw.lit("employer_share"), money=nw.col("employer_part"), late=nw.lit(False)
    )


def _of_unknown_dues(months: Frame) -> Frame:
    """Months of people at work whose due is not known: another category's rate may be known."""
    unknown = nw.col("at_work") & ~nw.col("retired") & nw.col("monthly") & nw.col("low").is_null()
    return months.filter(unknown).with_columns(
        cause=nw.lit("due_unknown"), money=nw.lit(0, dtype=nw.Int64), late=nw.lit(False)
    )


def _of_unknown_categories(months: Frame, context: DetectorContext) -> Frame:
    """Credited months of people who are retired today, and for whom contributions were paid."""
    both = nw.col("at_work") & nw.col("retired") & ~nw.col("credits").is_null()
    return months.filter(nw.lit(is_of_today(context, "enrolments")) & both).with_columns(
        cause=nw.lit("category_unknown"), money=nw.lit(0, dtype=nw.Int64), late=nw.lit(False)
    )


def _not_due(months: Frame, context: DetectorContext) -> Frame:
    """Credits for months in which the person was entitled to none.

    Where somebody paid for the month, or the entry names none, only the agency can confirm the error; and where the
    amount is that of the retired, whose new enrolment may be missing.
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
    of_retired = months.filter(nw.col("retired")).group_by("month").agg(nw.col("usual").max())
    dead, retired = nw.col("dead"), (nw.col("credited") == nw.col("usual")).fill_null(False)
    restored = ~dead & (~nw.col("paid").is_null() | retired)
    return (
        lacking.join(named.unique(), on=_MONTH, how="left")
        .join(paid_for.unique(), on=_MONTH, how="left")
        .join(of_retired, on="month", how="left")
        .with_columns(
            cause=nw.when(nw.col("named").is_null() | restored)
            .then(nw.lit("not_due_unclear"))
            .otherwise(nw.when(dead).then(nw.lit("not_due_after_death")).otherwise(nw.lit("not_due"))),
            money=nw.col("credited"),
            late=nw.lit(False),
            employer_id=nw.lit(None, dtype=nw.String),
        )
    )


def _not_adjusted(suspects: Frame, context: DetectorContext) -> Frame:
    """Without what an adjustment has corrected, and without back-pay: months paid late, credited together later on.

    An adjustment that names no month corrects one month: of several with its amount, the earliest.
    """
    adjustment = (nw.col("entry_kind") == "adjustment") & nw.col("accrual_month_index").is_null()
    adjusted = (
        context.whole.account_entries.filter(adjustment)
        .select(nw.col("account_id").alias("person_id"), money=0 - nw.col("amount"))
        .group_by("person_id", "money")
        .agg(times=nw.len().cast(nw.Int64))
    )
    number = nw.col("row").cum_sum().over("person_id", "money", order_by=["month", "cause"])
    owed = suspects.filter(nw.col("late")).group_by("person_id").agg(paid_late=nw.col("money").sum())
    back_pay = (
        suspects.filter(nw.col("money") > 0)
        .join(owed, on="person_id", how="inner")
        .filter(nw.col("money") + nw.col("paid_late") == 0)
        .select("person_id", back=nw.col("month"))
    )
    covered = nw.col("late") | (nw.col("month") == nw.col("back"))
    return (
        suspects.with_columns(row=nw.lit(1))
        .with_columns(number=number)
        .join(adjusted, on=["person_id", "money"], how="left")
        .filter(nw.col("times").is_null() | (nw.col("number") > nw.col("times")))
        .drop("row", "number", "times")
        .join(back_pay, on="person_id", how="left")
        .filter(nw.col("back").is_null() | ~covered)
        .drop("back")
    )
