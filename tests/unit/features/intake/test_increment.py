"""A delivery that is added to an earlier data set: later rows win, counts add up, checks are made again."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.exports import Export, Ingested

from features.errors import InputError
from features.intake import add_to_snapshot
from features.intake.checks import rows, tables
from features.intake.increment import SUPERSEDED
from features.intake.superseding import corrected_by

HEADER = "settlement_id | person_id | provider_id | settled_at | total_amount | pool_paid | account_paid"


def added(export: Export, earlier: Ingested) -> Ingested:
    """The data set of the export as it is now and an earlier one."""
    return Ingested(add_to_snapshot(earlier.result.folder, export.ingest().result, export.workspace))


def april(export: Export, *more: str) -> None:
    """The next delivery: a new settlement, and the second one corrected."""
    lines = [
        "s2 | 002 | p1 | 2024-03-02 11:30:00 | 50.00 | 0     | 50.00",
        "s3 | 001 | p1 | 2024-04-01 09:00:00 | 80.00 | 50.00 | 30.00",
    ]
    export.write_table("settlements", "\n".join([HEADER, *lines, *more]))


def test_later_rows_take_the_place_of_earlier_ones(export: Export) -> None:
    first = export.ingest()
    april(export)
    both = added(export, first)
    assert sorted(
        zip(both.column("settlements.settlement_id"), both.column("settlements.total_amount"), strict=True)
    ) == [
        ("s1", 10_000),
        ("s2", 5_000),
        ("s3", 8_000),
    ]
    assert both.column("persons.person_id") == ["001", "002"], "delivered again, unchanged"


def test_counts_of_both_add_up(export: Export) -> None:
    first = export.ingest()
    april(export, "s4 | 001 | p1 | not a day | 1.00 | 0 | 1.00")
    record = added(export, first).manifest.tables["settlements"]
    assert record.rows.model_dump() == {
        "read": 5,
        "accepted": 3,
        "quarantined": 1,
        "excluded": 1,
        "flagged": 0,
    }
    assert record.excluded_by_rule == {SUPERSEDED: 1}
    money = record.money["total_amount"]
    assert money.accepted == 23_000 and money.excluded == 5_550
    assert money.read == money.accepted + money.quarantined + money.excluded


def test_rows_are_traced_to_the_file_of_their_delivery(export: Export) -> None:
    first = export.ingest()
    april(export)
    both = added(export, first)
    names = [file.name for file in both.manifest.files]
    files = {
        settlement: names[index]
        for settlement, index in zip(
            both.column("settlements.settlement_id"), both.column("settlements.source_file"), strict=True
        )
    }
    assert files["s1"] == f"{first.manifest.snapshot_id[:8]}/settlements.csv"
    assert files["s3"].endswith("/settlements.csv") and files["s3"] != files["s1"]
    assert len(set(names)) == len(names)


def test_checks_across_tables_are_made_again(export: Export) -> None:
    """The first delivery lacks a person; the second brings them."""
    export.write_table("persons", "person_id | sex | birth_date\n001 | female | 1950-06-01")
    export.change("enrolments", 1, end_date="2019-12-31")
    first = export.ingest()
    assert {flag for *_, flag in first.flags()} == {tables.ORPHAN, rows.ENDS_BEFORE_START}
    export.write_table("persons", "person_id | sex | birth_date\n002 | male | 1975-06-01")
    april(export)
    both = added(export, first)
    assert sorted(both.column("persons.person_id")) == ["001", "002"]
    assert {flag for *_, flag in both.flags()} == {rows.ENDS_BEFORE_START}


def test_what_one_delivery_lacks_is_not_known(export: Export) -> None:
    export.change("settlements", 1, operator_id="o1")
    first = export.ingest()
    april(export)
    both = added(export, first)
    assert first.tables.has("settlements", "operator_id")
    assert not both.tables.has("settlements", "operator_id")


def test_the_same_delivery_twice_adds_nothing(export: Export) -> None:
    first = export.ingest()
    april(export)
    once = added(export, first)
    twice = added(export, once)
    assert twice.manifest == once.manifest
    assert once.manifest.deliveries == (first.manifest.snapshot_id, export.ingest().manifest.snapshot_id)


def test_a_table_that_only_one_delivery_has_stays(export: Export) -> None:
    text = "entry_id | account_id | posted_at | amount | balance_after\ne1 | a1 | 2024-03-01 10:00:00 | 5.00 | 5.00"
    export.write_table("account_entries", text)
    first = export.ingest()
    (export.data / "account_entries.csv").unlink()
    april(export)
    assert added(export, first).column("account_entries.entry_id") == ["e1"]


def test_real_data_are_not_added_to_simulated_ones(export: Export, tmp_path: Path) -> None:
    simulated = Export(tmp_path / "other")
    simulated.write("SIMULATED.json", "{}")
    first = simulated.ingest()
    if not first.manifest.simulated:
        pytest.fail("the export is not marked as simulated")
    with pytest.raises(InputError, match="Simulated and real"):
        added(export, first)


def corrections(both: Ingested) -> list[tuple[str, str, str, int]]:
    """Table, key, file and row of what the last delivery corrected."""
    names = [file.name for file in both.manifest.files]
    deliveries = both.manifest.deliveries or ()
    rows = corrected_by(both.result.folder, deliveries[-1]).iter_rows()
    return [(table, key, names[file], row) for table, key, file, row in rows]


def test_corrected_rows_are_marked_with_where_they_were(export: Export) -> None:
    first = export.ingest()
    april(export)
    file = f"{first.manifest.snapshot_id[:8]}/settlements.csv"
    corrected = [each for each in corrections(added(export, first)) if each[0] == "settlements"]
    assert corrected == [("settlements", "s2", file, 2)]


@pytest.mark.parametrize(
    ("earlier", "later", "total"),
    [
        ("2024-03-05 09:00:00", "2024-04-05 09:00:00", 50_00),
        ("2024-05-05 09:00:00", "2024-04-05 09:00:00", 55_50),
        ("2024-04-05 09:00:00", "2024-04-05 09:00:00", 50_00),
        ("2024-04-05 09:00:00", "", 55_50),
        ("", "2024-04-05 09:00:00", 50_00),
    ],
)
def test_the_row_that_was_updated_later_holds(export: Export, earlier: str, later: str, total: int) -> None:
    export.change("settlements", 1, updated_at="2024-01-01 09:00:00")
    export.change("settlements", 2, updated_at=earlier)
    first = export.ingest()
    lines = [
        f"s2 | 002 | p1 | 2024-03-02 11:30:00 | 50.00 | 0 | 50.00 | {later}",
        "s3 | 001 | p1 | 2024-04-01 09:00:00 | 80.00 | 50.00 | 30.00 | 2024-04-01 09:00:00",
    ]
    export.write_table("settlements", "\n".join([f"{HEADER} | updated_at", *lines]))
    both = added(export, first)
    totals = dict(
        zip(both.column("settlements.settlement_id"), both.column("settlements.total_amount"), strict=True)
    )
    assert totals == {"s1": 100_00, "s2": total, "s3": 80_00}
    record = both.manifest.tables["settlements"]
    assert record.excluded_by_rule == {SUPERSEDED: 1}
    assert bool([each for each in corrections(both) if each[0] == "settlements"]) == (total == 50_00)


def test_a_corrected_bill_has_the_lines_of_the_correction(export: Export) -> None:
    header = "settlement_id | line_no | item_code | item_name | item_kind | quantity | unit_price | amount"
    before = ["s1 | 1 | a | a | drug | 1 | 60 | 60.00", "s1 | 2 | b | b | drug | 1 | 40 | 40.00"]
    other = "s2 | 1 | a | a | drug | 1 | 55.50 | 55.50"
    export.write_table("charge_lines", "\n".join([header, *before, other]))
    first = export.ingest()
    april(export, "s1 | 001 | p1 | 2024-03-01 10:00:00 | 60.00 | 60.00 | 0")
    export.write_table("charge_lines", "\n".join([header, before[0]]))
    both = added(export, first)
    lines = sorted(
        zip(both.column("charge_lines.settlement_id"), both.column("charge_lines.line_no"), strict=True)
    )
    assert lines == [("s1", 1), ("s2", 1)]


def test_files_all_of_whose_rows_stay_are_the_same_files(export: Export) -> None:
    first = export.ingest()
    april(export)
    both = added(export, first)
    export.write_table(
        "settlements", f"{HEADER}\ns3 | 001 | p1 | 2024-04-01 09:00:00 | 90.00 | 60.00 | 30.00"
    )
    corrected = added(export, both)
    parts = [contents(snapshot.result.folder / "tables/settlements") for snapshot in (both, corrected)]
    assert [len(files) for files in parts] == [2, 3]
    assert parts[1][0] == parts[0][0], "March"
    assert parts[1][1] != parts[0][1], "April, without the row that was corrected"
    assert sorted(corrected.column("settlements.total_amount")) == [5_000, 9_000, 10_000]


def contents(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in sorted(folder.glob("*.parquet"))]
