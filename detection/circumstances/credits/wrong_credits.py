"""Monthly credits of personal accounts that are not what was due, one function per cause."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.detectors.cards import Thresholds
from features.calendar import first_day
from features.registry import Frame

_DAY = first_day(nw.col("month"))
_USUAL = (nw.col("credited") == nw.col("usual")).fill_null(False)
"""Whether a credit is what most of the retired have."""


def wrong_credits(months: Frame, thresholds: Thresholds) -> list[Frame]:
    """Months with a credit that is not what was due, by cause, with ``cause`` and ``money`` (fen, signed).

    A month has one cause: the first that applies of duplicate, lump, and wrong amount.

    Args:
        months: months of people with their dues (`features.account.accuracy.targets`) and whether they are credited
            monthly: ``monthly`` for people at work, ``retired_monthly`` for the retired.
        thresholds: ``tolerance_fen`` and ``lump_months``.
    """
    wrong = _compared(months, thresholds)
    single = wrong.filter(~nw.col("twice"))
    amounts = single.filter(~nw.col("lump"))
    retired = nw.col("retired").fill_null(False)
    return [
        _duplicates(wrong.filter(nw.col("twice"))),
        _lumps(single.filter(nw.col("lump"))),
        *_retired(amounts.filter(retired), months, thresholds),
        _rates(amounts.filter(~retired)),
    ]


def _compared(months: Frame, thresholds: Thresholds) -> Frame:
    """Months that differ from what was due, with ``gap`` (fen above or below it), ``twice``, ``lump`` and ``money``.

    What the employer's part put into an account is an error of its own: it is taken off where the rest is right, and
    where more was credited than was due.
    """
    low, high, credited, part = (nw.col(name) for name in ("low", "high", "credited", "employer_part"))
    slack = thresholds.expression("tolerance_fen", _DAY)

    def is_due(amount: nw.Expr) -> nw.Expr:
        return ((amount - low).abs() <= slack) | ((amount - high).abs() <= slack)

    without_part = is_due(credited - part) | ((credited > high) & ~is_due(credited))
    net = nw.when((part != 0) & without_part).then(credited - part).otherwise(credited)
    assessed = nw.col("retired") | nw.col("monthly")
    difference = nw.when(net > high).then(net - high).otherwise(net - low)
    several = nw.col("credits") > 1
    repeated = several & (nw.col("smallest") == nw.col("largest")) & (credited >= nw.col("smallest") * 2)
    twice = assessed & ((several & (nw.col("gap") > 0)) | (low.is_null() & repeated))
    scheduled = nw.when(nw.col("retired")).then(nw.col("retired_monthly")).otherwise(nw.col("monthly"))
    large = nw.col("largest") >= high * thresholds.expression("lump_months", _DAY)
    lump = scheduled & (nw.col("gap") > 0) & (high > 0) & large
    return (
        months.filter(~nw.col("credits").is_null())
        .with_columns(gap=nw.when(assessed & ~is_due(net)).then(difference))
        .with_columns(
            twice=twice.fill_null(False),
            lump=lump.fill_null(False),
            money=nw.coalesce("gap", credited - nw.col("smallest")),
            late=nw.lit(False),
        )
        .filter(~nw.col("gap").is_null() | nw.col("twice"))
    )


def _duplicates(wrong: Frame) -> Frame:
    """Months that were credited more than once."""
    return wrong.with_columns(cause=nw.lit("duplicate_month"))


def _lumps(wrong: Frame) -> Frame:
    """Months whose credit is that of several months."""
    return wrong.with_columns(cause=nw.lit("lump_credit"))


def _retired(wrong: Frame, months: Frame, thresholds: Thresholds) -> list[Frame]:
    """Wrong amounts of the retired: not the uniform amount, or changed; or the amount of most of them is wrong."""
    uniform = (nw.col("rule") == "uniform").fill_null(False)
    changed = wrong.filter(~uniform).with_columns(cause=nw.lit("retired_changed"))
    not_uniform = wrong.filter(uniform & ~_USUAL).with_columns(cause=nw.lit("retired_not_uniform"))
    return [changed, not_uniform, _of_most(wrong.filter(uniform & _USUAL), months, thresholds)]


def _of_most(wrong: Frame, months: Frame, thresholds: Thresholds) -> Frame:
    """An amount that is wrong for most of the retired: each month once, by one of them, with the money of all.

    Where it is never the amount due in many months, the policy value is not the one that the fund pays by, and which
    of them is right is a question to the agency.
    """
    credited = months.filter(nw.col("retired") & ~nw.col("credits").is_null() & ~nw.col("low").is_null())
    all_months = credited.select(months=nw.col("month").n_unique().cast(nw.Int64))
    least = thresholds.expression("practice_months", _DAY)
    practice = (nw.col("wrong_months") == nw.col("months")) & (nw.col("months") >= least)
    return (
        wrong.group_by("month")
        .agg(nw.col("person_id").min(), nw.col("money").sum())
        .with_columns(wrong_months=nw.len().cast(nw.Int64))
        .join(all_months, how="cross")
        .with_columns(
            cause=nw.when(practice)
            .then(nw.lit("retired_practice"))
            .otherwise(nw.lit("retired_amount_of_all")),
            late=nw.lit(False),
            employer_id=nw.lit(None, dtype=nw.String),
        )
    )


def _rates(wrong: Frame) -> Frame:
    """Wrong amounts of people at work: more, or less, than their rate gives."""
    over = nw.when(nw.col("gap") > 0).then(nw.lit("wrong_rate_over")).otherwise(nw.lit("wrong_rate_under"))
    return wrong.with_columns(cause=over)
