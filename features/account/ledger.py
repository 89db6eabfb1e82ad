"""Ledgers of personal accounts: the balance before each entry, and the sums that settlements took."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.registry import Frame

_PAYERS = {"person_id": "account_paid", "mutual_aid_payer_id": "mutual_aid_paid"}


def with_previous_balance(account_entries: Frame) -> Frame:
    """Entries with ``before``: the balance after the account's previous entry, by posted_at, then entry_id.

    Null for the first entry of an account in the data, because the balance before it is not known.
    """
    previous = nw.col("balance_after").shift(1).over("account_id", order_by=["posted_at", "entry_id"])
    return account_entries.with_columns(before=previous)


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
