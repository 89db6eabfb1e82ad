"""Ledgers of personal accounts: the balance before each entry, and the sums that settlements took."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from features.ids.codes import numbered
from features.registry import Frame

_PAYERS = {"person_id": "account_paid", "mutual_aid_payer_id": "mutual_aid_paid"}


def with_previous_balance(account_entries: Frame) -> Frame:
    """Entries with ``before``: the balance after the account's previous entry, by posted_at.

    Null for the first entry of an account in the data, because the balance before it is not known. The order of entries
    of one time is not known: neither that of a day, nor that of two sequences of numbers. There ``before`` is the
    balance that fits the entry, if any order of them has one, and else that of the order of entry_id.

    Args:
        account_entries: read several times, each time in the same order of rows: no join, unless computed before.
    """
    entries: pl.LazyFrame = account_entries.to_native()
    by_row = entries.with_row_index("_row")
    coded = by_row.with_columns(_account=numbered(entries, "account_id"))
    # Computed now, because the steps below read them several times.
    timed = (
        coded.select(
            "_row", "_account", "posted_at", "entry_id", "amount", "balance_after", _time=_known_time()
        )
        .collect()
        .lazy()
    )
    times = _times(timed).collect().lazy()
    tied = times.filter((pl.col("_entries") > 1) | (pl.col("_entries_next") > 1))
    beginnings = times.filter(pl.col("_first"), pl.col("_entries") > 1).select(*_TIME, _opening=True)
    same_account = pl.col("_account").eq_missing(pl.col("_account").shift(1))
    in_order = timed.sort("_account", "_time", "posted_at", "entry_id").select(
        "_row", *_TIME, before=pl.when(same_account).then(pl.col("balance_after").shift(1))
    )
    unknown = pl.when(pl.col("_opening").is_null()).then("before")
    before = (
        in_order.join(_fitting(timed, tied), on="_row", how="left")
        .join(beginnings, on=_TIME, how="left")
        .select("_row", before=pl.coalesce("_fits", unknown))
    )
    return nw.from_native(by_row.join(before, on="_row", how="left", maintain_order="left").drop("_row"))


_TIME = ["_account", "_time"]


def _known_time() -> pl.Expr:
    """When an entry was posted; its day alone, where a time of the account on that day is known to the day only."""
    day = pl.col("posted_at").dt.truncate("1d")
    by_day = (pl.col("posted_at") == day).any().over("_account", "posted_day")
    return pl.when(by_day).then(day).otherwise("posted_at")


def _times(timed: pl.LazyFrame) -> pl.LazyFrame:
    """Times of each account: `_TIME`, _entries (rows), _next and _entries_next (of the following), _first."""
    same_account = pl.col("_account").eq_missing(pl.col("_account").shift(-1))
    following = pl.when(same_account).then(pl.col("_time", "_entries").shift(-1))
    before = pl.when(pl.col("_account").eq_missing(pl.col("_account").shift(1))).then(
        pl.col("_time").shift(1)
    )
    first = pl.col("_time").is_not_null() & before.is_null()
    return (
        timed.group_by(_TIME)
        .agg(_entries=pl.len().cast(pl.Int64))
        .sort(_TIME)
        .with_columns(following.name.suffix("_next"), _first=first)
        .rename({"_time_next": "_next"})
    )


def _fitting(timed: pl.LazyFrame, tied: pl.LazyFrame) -> pl.LazyFrame:
    """Entries that follow another one in some order of those of one time: _row, _fits (the balance before it).

    Args:
        timed: entries with ``_time``.
        tied: times with several entries, and those before them.
    """
    starts = timed.select(*_TIME, "_row", _fits=pl.col("balance_after") - pl.col("amount"))
    ends = timed.select(*_TIME, _fits="balance_after", _other="_row").join(tied, on=_TIME)
    same_time = starts.join(ends.select(*_TIME, "_fits", "_other"), on=[*_TIME, "_fits"]).filter(
        pl.col("_row") != pl.col("_other")
    )
    after = starts.join(ends.select("_account", "_fits", _time="_next"), on=[*_TIME, "_fits"])
    return pl.concat([same_time.select("_row", "_fits"), after.select("_row", "_fits")]).unique()


def entries_of_settlements(account_entries: Frame, settlements: Frame) -> Frame:
    """Entries that name a settlement, with ``root``: the settlement that it reverses, else the settlement itself."""
    reversals = settlements.filter(~nw.col("reverses_settlement_id").is_null()).select(
        "settlement_id", reversed=nw.col("reverses_settlement_id")
    )
    return (
        account_entries.filter(~nw.col("settlement_id").is_null())
        .join(reversals, on="settlement_id", how="left")
        .with_columns(root=nw.coalesce("reversed", "settlement_id"))
    )


def against_settlements(account_entries: Frame, settlements: Frame) -> Frame:
    """Sums that settlements took from each account, next to those of its ledger; reversals and refunds included.

    Columns: account_id, root (the settlement, with all that reverses it), paid (fen; null where none of it was the
    account's), posted (fen, debits below zero; null where nothing was posted), settled_day (the first).
    """
    nothing = nw.lit(None, dtype=nw.Int64)
    payments = [
        settlements.filter(nw.col(paid) != 0, ~nw.col(owner).is_null()).select(
            account_id=nw.col(owner),
            root=nw.coalesce("reverses_settlement_id", "settlement_id"),
            paid=nw.col(paid),
            posted=nothing,
            settled_day=nw.col("settled_day"),
        )
        for owner, paid in _PAYERS.items()
    ]
    entries = entries_of_settlements(account_entries, settlements).select(
        "account_id",
        "root",
        paid=nothing,
        posted=nw.col("amount"),
        settled_day=nw.lit(None, dtype=nw.Int32),
    )
    row_counts = {name: nw.col(name).count().alias(f"{name}_rows") for name in ("paid", "posted")}
    summed = (
        nw.concat([*payments, entries])
        .group_by("account_id", "root")
        .agg(nw.col("paid", "posted").sum(), nw.col("settled_day").min(), *row_counts.values())
    )
    return summed.with_columns(
        nw.when(nw.col(f"{name}_rows") > 0).then(nw.col(name)).alias(name) for name in row_counts
    ).drop(*(f"{name}_rows" for name in row_counts))
