"""Ledgers of personal accounts: the balance before each entry, and the sums that settlements took."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.registry import Frame

_PAYERS = {"person_id": "account_paid", "mutual_aid_payer_id": "mutual_aid_paid"}


def with_previous_balance(account_entries: Frame) -> Frame:
    """Entries with ``before``: the balance after the account's previous entry, by posted_at.

    Null for the first entry of an account in the data, because the balance before it is not known. The order of entries
    of one time is not known: neither that of a day, nor that of two sequences of numbers. There ``before`` is the
    balance that fits the entry, if any order of them has one, and else that of the order of entry_id.
    """
    timed = account_entries.with_columns(_time=_known_time())
    previous = (
        nw.col("balance_after").shift(1).over("account_id", order_by=["_time", "posted_at", "entry_id"])
    )
    times = _times(timed)
    tied = times.filter((nw.col("_entries") > 1) | (nw.col("_entries_next") > 1))
    beginnings = times.filter(nw.col("_first"), nw.col("_entries") > 1).select(*_TIME, _opening=nw.lit(True))
    chained = (
        timed.with_columns(before=previous)
        .join(_fitting(timed, tied), on="entry_id", how="left")
        .join(beginnings, on=_TIME, how="left")
    )
    unknown = nw.lit(None, dtype=nw.Int64)
    before = (
        nw.when(~nw.col("_fits").is_null())
        .then(nw.col("_fits"))
        .otherwise(nw.when(nw.col("_opening").is_null()).then(nw.col("before")).otherwise(unknown))
    )
    return chained.with_columns(before=before).drop("_time", "_fits", "_opening")


_TIME = ["account_id", "_time"]


def _known_time() -> nw.Expr:
    """When an entry was posted; its day alone, where a time of the account on that day is known to the day only."""
    day = nw.col("posted_at").dt.truncate("1d")
    by_day = (nw.col("posted_at") == day).any().over("account_id", "posted_day")
    return nw.when(by_day).then(day).otherwise(nw.col("posted_at"))


def _times(timed: Frame) -> Frame:
    """Times of each account: account_id, _time, _entries (rows), _next and _entries_next (of the following), _first."""
    times = timed.group_by(*_TIME).agg(_entries=nw.len().cast(nw.Int64))
    following = [
        nw.col("_time").shift(-1).alias("_next"),
        nw.col("_entries").shift(-1).alias("_entries_next"),
    ]
    return times.with_columns(
        *(each.over("account_id", order_by="_time") for each in following),
        _first=nw.col("_time") == nw.col("_time").min().over("account_id"),
    )


def _fitting(timed: Frame, tied: Frame) -> Frame:
    """Entries that follow another one in some order of those of one time: entry_id, _fits (the balance before it).

    Args:
        timed: entries with ``_time``.
        tied: times with several entries, and those before them.
    """
    start = nw.col("balance_after") - nw.col("amount")
    starts = timed.select(*_TIME, "entry_id", _fits=start)
    ends = timed.select(*_TIME, _fits="balance_after", _other="entry_id").join(tied, on=_TIME, how="inner")
    same_time = (
        starts.join(ends.select(*_TIME, "_fits", "_other"), on=[*_TIME, "_fits"], how="inner")
        .filter(nw.col("entry_id") != nw.col("_other"))
        .select("entry_id", "_fits")
    )
    after = starts.join(
        ends.select("account_id", "_fits", _time="_next"), on=[*_TIME, "_fits"], how="inner"
    ).select("entry_id", "_fits")
    return nw.concat([same_time, after]).unique()


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
