"""Ledgers of personal accounts: each entry after the one before it, and what settlements asked of them."""

from __future__ import annotations

import narwhals as nw

from features.registry import Frame


def in_order(account_entries: Frame) -> Frame:
    """Entries with ``before``: the balance after the account's previous entry, by posted_at, then entry_id.

    Null for the first entry of an account in the data: what it had before is not known.
    """
    previous = nw.col("balance_after").shift(1).over("account_id", order_by=["posted_at", "entry_id"])
    return account_entries.with_columns(before=previous)


def roots(settlements: Frame) -> Frame:
    """Settlements and what they come to together with their reversals: settlement_id, root.

    The root of a reversal is what it reverses, so that what is paid and paid back is one sum.
    """
    back = nw.col("reverses_settlement_id")
    return settlements.select(
        "settlement_id", root=nw.when(back.is_null()).then(nw.col("settlement_id")).otherwise(back)
    )


def asked_of_accounts(settlements: Frame) -> Frame:
    """What settlements took from accounts, net of reversals: account_id, root, paid (fen), settled_day (the first)."""
    payers = {"person_id": "account_paid", "mutual_aid_payer_id": "mutual_aid_paid"}
    each = [
        settlements.filter(nw.col(paid) != 0, ~nw.col(owner).is_null()).select(
            "settlement_id", "settled_day", account_id=nw.col(owner), paid=nw.col(paid)
        )
        for owner, paid in payers.items()
    ]
    return (
        nw.concat(each)
        .join(roots(settlements), on="settlement_id", how="inner")
        .group_by("account_id", "root")
        .agg(nw.col("paid").sum(), nw.col("settled_day").min())
    )
