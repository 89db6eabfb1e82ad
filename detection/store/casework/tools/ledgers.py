"""What happens to the ledger of a case when its alerts change, or when it goes on in another case."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from detection.cases.money import Entry, Fund, sums
from detection.store.casework.acting import Entering
from detection.store.casework.events import Changed, entries
from detection.store.casework.opening import claims, enter_entry

_FUNDS: tuple[Fund, ...] = ("pool", "account")


def claimed(connection: Connection, alert_ids: Collection[str]) -> dict[Fund, int]:
    """What alerts claim, in fen by fund, each settlement once."""
    return {entry.fund: entry.amount for entry in claims(connection, sorted(alert_ids))}


def enter_difference(
    entering: Entering, changed: Changed, before: Collection[str], after: Collection[str]
) -> dict[Fund, int]:
    """Enter by how much the claims of a case change with its alerts; what is claimed never falls below zero.

    Returns:
        What was entered, in fen by fund; below zero where the case loses.
    """
    connection = entering.connection
    total = sums(entries(connection, changed.case_id))
    was, becomes = claimed(connection, before), claimed(connection, after)
    entered: dict[Fund, int] = {}
    for fund in _FUNDS:
        amount = becomes.get(fund, 0) - was.get(fund, 0)
        amount = max(amount, -total.get(("recovered", fund, "claimed"), 0))
        if amount:
            enter_entry(entering, changed, Entry("recovered", fund, "claimed", amount))
            entered[fund] = amount
    return entered


def divide_claims(
    entering: Entering, stays: Changed, new: Changed, before: Collection[str], after: Collection[str]
) -> None:
    """Enter in a new case what the case it is split from loses: a settlement of both is claimed by the first alone.

    Args:
        entering: the transaction.
        stays: the case that is split.
        new: the case that is split off.
        before: alerts of the case before it is split.
        after: alerts that stay in it.
    """
    for fund, amount in enter_difference(entering, stays, before, after).items():
        enter_entry(entering, new, Entry("recovered", fund, "claimed", -amount))


def carry_ledger(entering: Entering, ended: Changed, goes_on: Changed, shared: dict[Fund, int]) -> None:
    """Take all money out of the ledger of a case and enter it in that of another.

    Args:
        entering: the transaction.
        ended: the case whose ledger ends at zero.
        goes_on: the case that goes on.
        shared: what the alerts of both claim and counts once in the case that goes on, in fen by fund.
    """
    for (kind, fund, stage), amount in sums(entries(entering.connection, ended.case_id)).items():
        if amount:
            enter_entry(entering, ended, Entry(kind, fund, stage, -amount))
        twice = shared.get(fund, 0) if (kind, stage) == ("recovered", "claimed") else 0
        if amount - twice:
            enter_entry(entering, goes_on, Entry(kind, fund, stage, amount - twice))
