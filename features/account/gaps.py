"""Months for which a credit was due to an account and none was paid."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.registry import Frame


def missing_credits(
    months: Frame, *, share: nw.Expr, wait: nw.Expr, last_day: int, unpaid_known: bool
) -> Frame:
    """Months without a credit though other people's accounts have been credited.

    A month for which only a small part of the accounts has a credit is a gap of the data, not of one account. A credit
    may still follow where the month's credits have only just been posted, or where the contribution was not paid or
    has only just been paid.

    Args:
        months: of people with dues (`features.account.accuracy.targets`), all of one kind.
        share: least share of the people due, in %, who were credited for the month.
        wait: days after the first credits of a month in which more may come.
        last_day: last day of the ledger.
        unpaid_known: whether contributions say when they were paid.

    Returns:
        Those months, with ``usual_day``, on which the month's credits began, and ``late``: contribution paid after it.
    """
    credited = ~nw.col("credits").is_null()
    due, whole = nw.col("low") > 0, nw.col("whole")
    counted = (
        months.filter(due, whole)
        .group_by("month")
        .agg(
            people=nw.len().cast(nw.Int64),
            reached=nw.col("credits").count().cast(nw.Int64),
            usual_day=nw.col("posted_day").min(),
        )
    )
    posted = counted.filter(
        nw.col("reached") * 100 >= nw.col("people") * share, nw.col("usual_day") + wait <= last_day
    )
    lacking = months.filter(due, whole, ~credited).join(
        posted.select("month", "usual_day"), on="month", how="inner"
    )
    if not unpaid_known:
        return lacking.with_columns(late=nw.lit(False))
    paid = nw.col("paid_day")
    return lacking.filter(paid + wait <= last_day).with_columns(late=paid > nw.col("usual_day"))
