"""Payments of settlements against the ledger: which of the sums can be compared at all.

Not comparable is what rests on something that the data do not say: who paid for a relative, which settlement a refund
takes back, what comes after the last day of either table, what a row states that is not used, and on which account the
money of somebody is who has no ledger under this id.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.account.ledger import against_settlements, entries_of_settlements
from features.engine import collect
from features.registry import Frame

_SUM = ["account_id", "root"]
_ROOT = nw.coalesce("reverses_settlement_id", "settlement_id")


def common_days(account_entries: Frame, settlements: Frame) -> tuple[int, int]:
    """First and last day that settlements and ledger both have."""
    tables = {"settled_day": settlements, "posted_day": account_entries}
    bounds = [
        collect(table.select(first=nw.col(day).min(), last=nw.col(day).max())).row(0)
        for day, table in tables.items()
    ]
    return max(first or 0 for first, _ in bounds), min(last or 0 for _, last in bounds)


def compared_sums(
    account_entries: Frame, settlements: Frame, days: tuple[int, int], unread: Frame | None = None
) -> Frame:
    """The sums of `against_settlements` of accounts that the ledger knows, and of settlements inside the common days.

    ``comparable`` is false where the data do not say whose money it was.

    Args:
        account_entries: table of the contract.
        settlements: table of the contract.
        days: first and last day that both tables have.
        unread: settlements of which a row is not used: ``settlement_id``.
    """
    sums = against_settlements(account_entries, settlements).join(
        account_entries.select("account_id").unique(), on="account_id", how="semi"
    )
    unknown = nw.concat(
        [_payer_unknown(account_entries, settlements), _refund_unknown(account_entries, settlements)]
    )
    unknown_roots = _without_ledger(account_entries, settlements)
    if unread is not None:
        unknown_roots = nw.concat([unknown_roots, unread.select(root="settlement_id")]).unique()
    return (
        sums.join(_later(account_entries, settlements, days[1]), on="root", how="anti")
        .join(unknown.unique().with_columns(_unknown=nw.lit(True)), on=_SUM, how="left")
        .join(unknown_roots.with_columns(_unknown_root=nw.lit(True)), on="root", how="left")
        .with_columns(comparable=nw.col("_unknown").is_null() & nw.col("_unknown_root").is_null())
        .drop("_unknown", "_unknown_root")
    )


def _later(account_entries: Frame, settlements: Frame, last: int) -> Frame:
    """Settlements that a row after the last common day belongs to: the other table may have its part later."""
    rows = settlements.filter(nw.col("settled_day") > last).select(root=_ROOT)
    entries = entries_of_settlements(account_entries.filter(nw.col("posted_day") > last), settlements)
    return nw.concat([rows, entries.select("root")]).unique()


def _without_ledger(account_entries: Frame, settlements: Frame) -> Frame:
    """Settlements of payers without any entry: their money may be on an account of another number."""
    payers = nw.concat(
        [
            settlements.filter(nw.col(paid) != 0, ~nw.col(owner).is_null()).select(
                root=_ROOT, account_id=nw.col(owner)
            )
            for owner, paid in (("person_id", "account_paid"), ("mutual_aid_payer_id", "mutual_aid_paid"))
        ]
    )
    known = account_entries.select("account_id").unique()
    return payers.join(known, on="account_id", how="anti").select("root").unique()


def _payer_unknown(account_entries: Frame, settlements: Frame) -> Frame:
    """Accounts of others than the patient that name a settlement for which the relative who paid is not recorded."""
    aid = nw.col("mutual_aid_paid")
    unnamed = (aid != 0) & nw.col("mutual_aid_payer_id").is_null()
    unknown = settlements.filter(aid.is_null() | unnamed.fill_null(False)).select(
        root=_ROOT, patient="person_id"
    )
    entries = entries_of_settlements(account_entries, settlements).select(*_SUM).unique()
    return (
        entries.join(unknown.unique(), on="root", how="inner")
        .filter(nw.col("account_id") != nw.col("patient"))
        .select(*_SUM)
        .unique()
    )


def _refund_unknown(account_entries: Frame, settlements: Frame) -> Frame:
    """Sums of accounts with a refund that names no settlement: the refund itself, and what a credit gave back."""
    refunds = settlements.filter(nw.col("reverses_settlement_id").is_null(), nw.col("total_amount") < 0)
    owners = nw.concat(
        [
            refunds.filter(nw.col(paid) != 0, ~nw.col(owner).is_null()).select(
                root="settlement_id", account_id=nw.col(owner)
            )
            for owner, paid in (("person_id", "account_paid"), ("mutual_aid_payer_id", "mutual_aid_paid"))
        ]
    )
    given_back = entries_of_settlements(account_entries, settlements).filter(nw.col("amount") > 0)
    of_owners = given_back.join(owners.select("account_id").unique(), on="account_id", how="semi")
    return nw.concat([owners.select(*_SUM), of_owners.select(*_SUM)]).unique()
