"""Settlements of which a row is not used: what names them in the ledger is not compared with them."""

from __future__ import annotations

import pytest
from support.exports import Export

from features.account.posted import compared_sums
from features.engine import collect
from features.intake import open_snapshot

LEDGER = """
    entry_id | account_id | posted_at           | amount | balance_after | settlement_id
    e1       | 001        | 2024-03-01 10:00:00 | -40.00 | 60.00         | s1
    e2       | 002        | 2024-03-02 11:30:00 | -55.50 | 44.50         | s2
"""


def unread(export: Export) -> list[str]:
    frame = open_snapshot(export.ingest().result.folder).unread
    assert frame is not None
    return sorted(collect(frame)["settlement_id"])


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, []),
        ({"total_amount": "a lot"}, ["s2"]),
        ({"provider_id": ""}, ["s2"]),
        ({"settlement_id": ""}, []),
        ({"total_amount": "?", "reverses_settlement_id": "s1"}, ["s1", "s2"]),
        ({"total_amount": "54.00", "reverses_settlement_id": "s1"}, ["s1", "s2"]),
        ({"settlement_id": "s1"}, ["s1"]),
    ],
)
def test_settlements_whose_rows_are_not_used_are_known(
    export: Export, cells: dict[str, str], expected: list[str]
) -> None:
    if (
        cells.get("settlement_id") == "s1"
    ):  # both rows of the key are set aside, so that a third has to be there
        export.write_table(
            "settlements",
            """
            settlement_id | person_id | provider_id | settled_at          | total_amount | pool_paid | account_paid
            s1            | 001       | p1          | 2024-03-01 10:00:00 | 100.00       | 60.00     | 40.00
            s1            | 002       | p1          | 2024-03-02 11:30:00 | 55.50        | 0         | 55.50
            s3            | 002       | p1          | 2024-03-02 11:30:00 | 55.50        | 0         | 55.50
            """,
        )
    else:
        export.change("settlements", 2, **cells)
    assert unread(export) == expected


def test_a_row_that_stands_twice_is_read(export: Export) -> None:
    lines = (export.data / "settlements.csv").read_text(encoding="utf-8").splitlines()
    export.write("settlements.csv", "\n".join([*lines, lines[1]]))
    assert unread(export) == []


def test_an_entry_of_such_a_settlement_is_not_compared(export: Export) -> None:
    export.write_table("account_entries", LEDGER)
    export.change("settlements", 2, total_amount="a lot")
    tables = open_snapshot(export.ingest().result.folder)
    days = (0, 30_000)
    sums = collect(compared_sums(tables.account_entries, tables.settlements, days, tables.unread))
    assert dict(sums.select("root", "comparable").iter_rows()) == {"s1": True, "s2": False}
