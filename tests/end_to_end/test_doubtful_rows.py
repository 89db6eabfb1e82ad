"""Rows that say something odd: quarantined or flagged, counted, and the rest of the export is used."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import pytest
from support.commands import fundwatch
from support.exports import Export
from support.workspaces import manifests, unbalanced

THREE = """
    settlement_id | person_id | provider_id | settled_at          | total_amount | pool_paid | account_paid
    s1            | 001       | p1          | 2024-03-01 10:00:00 | 100.00       | 60.00     | 40.00
    s2            | 002       | p1          | 2024-03-02 11:30:00 | 55.50        | 0         | 55.50
    s3            | 001       | p1          | 2024-03-03 09:15:00 | 20.00        | 0         | 20.00
"""


@dataclass(frozen=True)
class Odd:
    """Cells written into the second row of a table, and what is said of them.

    Attributes:
        why: name of the case.
        table, cells: what is written.
        kept: the row is used, with a flag; else it lies in quarantine.
        column: the column that is named.
    """

    why: str
    table: str
    cells: dict[str, str] = field(default_factory=dict)
    kept: bool = False
    column: str = ""


CASES = [
    Odd("text in money", "settlements", {"pool_paid": "sixty"}, column="pool_paid"),
    Odd("three decimals", "settlements", {"pool_paid": "1.005"}, column="pool_paid"),
    Odd("an exponent", "settlements", {"total_amount": "1e3"}, column="total_amount"),
    Odd("a mark that groups no thousands", "settlements", {"total_amount": "1,00.00"}, column="total_amount"),
    Odd("full-width letters", "settlements", {"total_amount": "５５.Ｏ０"}, column="total_amount"),
    Odd("not a number", "settlements", {"account_paid": "NaN"}, column="account_paid"),
    Odd("a formula in money", "settlements", {"pool_paid": "=1+1"}, column="pool_paid"),
    Odd("the year 0001", "settlements", {"settled_at": "0001-01-01 00:00:00"}, column="settled_at"),
    Odd("no day of that name", "settlements", {"settled_at": "2024-02-30 10:00:00"}, column="settled_at"),
    Odd("no key", "settlements", {"settlement_id": ""}, column="settlement_id"),
    Odd("a repeated settlement", "settlements", {"settlement_id": "s1"}, column="settlement_id"),
    Odd("a repeated person", "persons", {"person_id": "001"}, column="person_id"),
    Odd("an unknown patient", "settlements", {"person_id": "ghost"}, kept=True, column="person_id"),
    Odd("an unknown provider", "settlements", {"provider_id": "ghost"}, kept=True, column="provider_id"),
    Odd("born in the year 0001", "persons", {"birth_date": "0001-01-01"}, kept=True, column="birth_date"),
    Odd("no degrees", "providers", {"latitude": "north", "longitude": "120.9"}, kept=True, column="latitude"),
]


@pytest.mark.parametrize("odd", CASES, ids=[odd.why for odd in CASES])
def test_an_odd_row_is_counted_and_the_rest_is_used(odd: Odd, tmp_path: Path) -> None:
    export, workspace = Export(tmp_path), tmp_path / "ws"
    export.write_table("settlements", THREE)
    row = min(2, export.frame(odd.table).height)
    export.change(odd.table, row, **odd.cells)
    ended = fundwatch("intake", "--data", export.data, "--workspace", workspace)
    assert ended.code == 0, ended.err
    (manifest,) = manifests(workspace)
    assert unbalanced(manifest) == []
    (snapshot,) = (workspace / "snapshots").iterdir()
    quarantined = pl.read_parquet(snapshot / "quarantine.parquet")
    flagged = pl.read_parquet(snapshot / "flags.parquet")
    if odd.kept:
        assert quarantined.is_empty()
        printed = flagged.filter(pl.col("column") == odd.column).select("table", "source_row")
        assert printed.rows() == [(odd.table, row)]
    else:
        assert odd.table in quarantined["table"].to_list()
        named = quarantined.filter(pl.col("table") == odd.table)
        assert all(odd.column in column for column in named["column"])
        assert row in named["row"].to_list() and all(named["reason"])
    assert f"{odd.table} " in ended.out


def test_the_counts_are_printed_and_add_up(tmp_path: Path) -> None:
    export = Export(tmp_path)
    export.change("settlements", 2, pool_paid="x")
    ended = fundwatch("intake", "--data", export.data, "--workspace", tmp_path / "ws")
    rows, why, yuan, example = (line for line in ended.out.splitlines() if "settlements" in line)
    numbers = [cell.strip() for cell in rows.strip("│┃ ").split("│")][1:]
    assert numbers == ["2", "1", "1", "0", "0"], "read, used, quarantined, excluded, flagged"
    assert why == "settlements quarantined: 1 unreadable value (pool_paid)"
    assert "155.50 read = 100.00 used + 55.50 quarantined + 0.00 excluded" in yuan
    assert "pool_paid: 1 values cannot be read (settlements.csv row 2: x)" in example


def test_it_is_printed_why_rows_are_quarantined_and_nothing_that_they_hold(tmp_path: Path) -> None:
    export = Export(tmp_path)
    export.write_table("settlements", THREE)
    export.change("settlements", 1, pool_paid="sixty")
    export.change("settlements", 3, settled_at="", total_amount="many")
    export.change("persons", 2, person_id="001")
    printed = fundwatch("intake", "--data", export.data, "--workspace", tmp_path / "ws").out
    assert (
        "settlements quarantined: 1 missing value (settled_at, total_amount); 1 unreadable value (pool_paid)"
        in printed
    )
    assert "persons quarantined: 2 duplicate key with other values (person_id)" in printed
    assert "sixty" not in printed and "many" not in printed


def test_a_run_on_oddities_only_ends_well_and_an_empty_list_is_a_list(tmp_path: Path) -> None:
    export, workspace, out = Export(tmp_path), tmp_path / "ws", tmp_path / "list.csv"
    export.write_table("settlements", THREE)
    export.change("settlements", 1, pool_paid="sixty")
    export.change("settlements", 2, person_id="ghost", cash_paid="NaN", total_amount="-1.00")
    export.change("providers", 1, provider_name="=CMD() <script>alert(1)</script> \x1b[2J\x07")
    ended = fundwatch("run", "--data", export.data, "--workspace", workspace, "--area", "320600")
    assert ended.code == 0, ended.err
    assert unbalanced(manifests(workspace)[0]) == []
    assert fundwatch("export", "scores", "--workspace", workspace, "--out", out).code == 0
    assert out.read_text(encoding="utf-8-sig").startswith("entity_id,score,rank,spend_rank,reasons")
    assert fundwatch("export", "alerts", "--workspace", workspace, "--out", out).code == 0
    assert out.read_text(encoding="utf-8-sig").startswith("alert_id,run_id,detector")
    listed = fundwatch("alerts", "--workspace", workspace)
    assert listed.code == 0 and "0 of 0 alerts" in listed.out
