"""Money that the data page sums up is money that was paid, credited or charged."""

from __future__ import annotations

from pathlib import Path

from detection.store.queries import open_store
from detection.store.queries.data import current_intake
from features.workspace import open_workspace


def test_balances_are_not_summed(finished: Path) -> None:
    """The run checks them all the same: its manifest has their sums."""
    with open_store(open_workspace(finished)) as reader:
        shown = {money.column for table in current_intake(reader).tables for money in table.money}
        counted = {column for table in reader.manifest.tables.values() for column in table.money}
    assert {"pool_paid", "amount"} <= shown
    assert {name for name in counted if "balance" in name} == counted - shown != set()
