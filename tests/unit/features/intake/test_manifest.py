"""The manifest: read = accepted + quarantined + excluded, and the same bytes for the same data."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.exports import Export, Ingested

from features.intake import create_snapshot
from features.intake.manifest import Outcomes
from features.workspace import open_workspace

CELLS = st.sampled_from(["10.00", "0.05", "-3.5", "", "abc", "1.005"])
ROW = st.tuples(
    st.sampled_from(["s1", "s2", "s3", "s4", ""]),
    st.sampled_from(["2024-03-01 10:00:00", "2024-03-01 10:00", "0001-01-01 00:00:00"]),
    CELLS,
    CELLS,
    st.sampled_from(["1", "0"]),
)
HEADER = (
    "settlement_id,settled_at,total_amount,cash_paid,valid,"
    "person_id,provider_id,scheme,person_category,care_type,pool_paid,account_paid"
)
REST = "001,p1,employee,active,pharmacy,0,0"
MAPPING = '[tables.settlements]\nexclude = [{ column = "valid", values = ["0"] }]'
SURE = ("sure", "2024-01-01 10:00:00", "1.00", "1.00", "1")


def ingest_rows(rows: list[tuple[str, ...]], ragged: int = 0) -> Ingested:
    with tempfile.TemporaryDirectory() as folder:
        export = Export(Path(folder))
        csv_rows = [",".join([*row, REST]) for row in [SURE, *rows]] + ["too,short"] * ragged
        export.write("settlements.csv", "\n".join([HEADER, *csv_rows]))
        result = export.ingest(MAPPING)
        result.tables = result.tables.replacing(
            settlements=result.tables.settlements.collect().lazy()  # the folder is deleted
        )
        return result


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(st.lists(ROW, max_size=12), st.integers(0, 2))
def test_what_was_read_is_accounted_for_in_rows_and_in_fen(rows: list[tuple[str, ...]], ragged: int) -> None:
    table = ingest_rows(rows, ragged).manifest.tables["settlements"]
    assert table.rows.read == len(rows) + ragged + 1
    outcomes: tuple[Outcomes, ...] = (table.rows, *table.money.values())
    for counts in outcomes:
        assert counts.read == counts.accepted + counts.quarantined + counts.excluded
    readable = {"10.00": 10_00, "0.05": 5, "-3.5": -3_50}
    assert table.money["cash_paid"].read == 1_00 + sum(readable.get(row[3], 0) for row in rows)
    assert table.money["cash_paid"].unreadable_cells == ragged + sum(
        row[3] in ("abc", "1.005") for row in rows
    )


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(st.lists(ROW, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters_to_what_is_accepted(
    rows: list[tuple[str, ...]], chance: random.Random
) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)

    def accepted(some: list[tuple[str, ...]]) -> list[tuple[object, ...]]:
        columns = ["settlement_id", "settled_minute", "total_amount", "cash_paid"]
        return sorted(
            ingest_rows(some).tables.settlements.to_native().select(columns).collect().rows(), key=repr
        )

    assert accepted(rows) == accepted(shuffled)


def test_the_same_export_gives_the_same_bytes(export: Export, tmp_path: Path) -> None:
    export.change("settlements", 1, cash_paid="?", person_id="nobody")
    other = open_workspace(tmp_path / "other", create=True)
    first = create_snapshot(export.data, export.workspace, mapping=None)
    second = create_snapshot(export.data, other, mapping=None)
    assert first.snapshot_id == second.snapshot_id
    files = sorted(path.relative_to(first.folder) for path in first.folder.rglob("*") if path.is_file())
    assert files == sorted(
        path.relative_to(second.folder) for path in second.folder.rglob("*") if path.is_file()
    )
    for file in files:
        assert (first.folder / file).read_bytes() == (second.folder / file).read_bytes(), file


def test_an_existing_snapshot_is_reused(export: Export) -> None:
    first = export.ingest().result
    before = (first.folder / "manifest.json").stat().st_mtime_ns
    again = export.ingest().result
    assert again.folder == first.folder
    assert (again.folder / "manifest.json").stat().st_mtime_ns == before


def test_a_damaged_snapshot_is_read_again(export: Export) -> None:
    first = export.ingest().result
    part = next((first.folder / "tables" / "settlements").glob("*.parquet"))
    whole = part.read_bytes()
    part.write_bytes(whole[:100])
    (first.folder / "manifest.json").write_text("{}")
    again = export.ingest().result
    assert again.folder == first.folder
    assert part.read_bytes() == whole
    assert again.manifest == first.manifest


def test_other_files_or_another_mapping_make_another_snapshot(export: Export) -> None:
    plain = export.ingest().result.snapshot_id
    mapped = export.ingest('[tables.settlements]\nday_precision = ["settled_at"]').result.snapshot_id
    export.change("settlements", 1, pool_paid="61.00")
    assert len({plain, mapped, export.ingest().result.snapshot_id}) == 3


def test_progress_is_reported_in_bytes_of_each_table(export: Export) -> None:
    reported: list[tuple[str, int, int]] = []
    create_snapshot(
        export.data,
        export.workspace,
        mapping=None,
        progress=lambda what, done, total: reported.append((what, done, total)),
    )
    assert {"reading persons", "reading settlements"} <= {what for what, _, _ in reported}
    assert all(0 <= done <= total for _, done, total in reported)


def test_the_manifest_names_files_periods_and_columns(export: Export) -> None:
    manifest = export.ingest().manifest
    assert [file.name for file in manifest.files] == [
        "enrolments.csv",
        "persons.csv",
        "providers.csv",
        "settlements.csv",
    ]
    assert (str(manifest.first_settled_day), str(manifest.last_settled_day)) == ("2024-03-01", "2024-03-02")
    assert manifest.tables["persons"].columns == ("person_id", "sex", "birth_date")
