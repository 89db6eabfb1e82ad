"""Sums over the settlements of subjects: by month, by whom they are shared with, and in all."""

from __future__ import annotations

import polars as pl

from detection.subjects.bills import FUNDS
from detection.subjects.kinds import Tie

_SUMS = (
    pl.len().cast(pl.Int64).alias("settlements"),
    *(pl.col(fund).sum() for fund in FUNDS),
    pl.col("day").min().alias("first_day"),
    pl.col("day").max().alias("last_day"),
)


def months_of(bills: pl.LazyFrame) -> pl.LazyFrame:
    """Money of each subject and month (index), in fen: id, month, settlements, `FUNDS`, first_day, last_day."""
    return bills.group_by("id", "month").agg(_SUMS)


def ties_of(bills: pl.LazyFrame, tie: Tie) -> pl.LazyFrame:
    """Money of each subject and the one it is tied to, in fen.

    Columns: id, ``other``, settlements, ``people`` (distinct patients), `FUNDS`, first_day, last_day and ``money``, the
    sum of the funds. With an account that paid for somebody, only what it paid counts.
    """
    if tie.kind == "payer_account":
        bills = bills.with_columns(pl.lit(0, dtype=pl.Int64).alias(fund) for fund in ("pool", "account"))
    if tie.care != "any":
        bills = bills.filter(pl.col("pharmacy") == (tie.care == "pharmacy"))
    people = pl.col("person_id").n_unique().cast(pl.Int64).alias("people")
    return (
        bills.filter(pl.col(tie.column).is_not_null())
        .group_by("id", pl.col(tie.column).alias("other"))
        .agg(*_SUMS, people)
        .with_columns(money=pl.sum_horizontal(FUNDS))
    )


def totals_of(everyone: pl.LazyFrame, months: pl.LazyFrame) -> pl.LazyFrame:
    """Sums of each subject over all months; those without settlements have 0, and no days.

    Args:
        everyone: ``id`` of all subjects; a subject may occur several times.
        months: from `months_of`.
    """
    sums = months.group_by("id").agg(
        pl.col("settlements", *FUNDS).sum(), pl.col("first_day").min(), pl.col("last_day").max()
    )
    return (
        pl.concat([everyone.select("id"), sums.select("id")])
        .filter(pl.col("id").is_not_null())
        .unique()
        .join(sums, on="id", how="left")
        .with_columns(pl.col("settlements", *FUNDS).fill_null(0))
        .with_columns(money=pl.sum_horizontal(FUNDS))
    )
