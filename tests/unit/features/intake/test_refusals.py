"""Unreadable data sets: all problems are listed at once, and no partial snapshot is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.exports import Export

from features.errors import InputError
from features.intake import create_snapshot


def refused(export: Export) -> InputError:
    with pytest.raises(InputError) as caught:
        export.ingest()
    assert not (export.workspace.root / "snapshots").exists()
    assert not list(export.workspace.tmp.glob("*")), "nothing half-written stays"
    return caught.value


def test_all_missing_tables_and_columns_are_listed_at_once(export: Export) -> None:
    (export.data / "persons.csv").rename(export.data / "person.csv")
    export.frame().rename({"pool_paid": "pool_payment"}).drop("scheme").write_csv(
        export.data / "settlements.csv"
    )
    problems = refused(export).problems
    assert len(problems) == 3
    assert (
        problems[0].startswith("persons: no persons.csv")
        and "person" in problems[0].split("similar names:")[1]
    )
    assert problems[1].startswith("settlements.scheme: missing in settlements.csv")
    assert "pool_payment" in problems[2], "similar columns are offered"


def test_an_optional_table_needs_its_required_columns_too(export: Export) -> None:
    export.write("drug_trace_scans.csv", "trace_code,settlement_id\n1,s1\n")
    missing = {problem.split(":")[0] for problem in refused(export).problems}
    assert missing == {f"drug_trace_scans.{name}" for name in ("provider_id", "scanned_at", "split_pack")}


def test_an_empty_file_is_refused(export: Export) -> None:
    export.write("persons.csv", "")
    assert "persons.csv: the file is empty" in refused(export).problems


def test_settlements_with_a_header_only_are_refused(export: Export) -> None:
    export.frame().head(0).write_csv(export.data / "settlements.csv")
    assert "no rows" in str(refused(export))


def test_an_optional_table_with_a_header_only_is_a_table_without_rows(export: Export) -> None:
    export.write("programme_registrations.csv", "person_id,programme_code,from\n")
    ingested = export.ingest()
    assert ingested.rows("programme_registrations")["read"] == 0
    assert ingested.tables.has("programme_registrations", "programme_code")
    assert ingested.column("programme_registrations.person_id") == []


def test_settlements_none_of_which_can_be_used_are_refused_with_the_reasons(export: Export) -> None:
    for row in (1, 2):
        export.change("settlements", row, settled_at="yesterday")
    reason = (
        "unreadable value (settled_at): 2 rows (for example settled_at in settlements.csv row 1: xxxxxxxxx)"
    )
    assert refused(export).problems == (reason,)


@pytest.mark.parametrize("kept", [4, 300])
def test_a_truncated_parquet_file_is_refused(export: Export, kept: int) -> None:
    export.as_parquet("settlements", export.frame())
    whole = (export.data / "settlements.parquet").read_bytes()
    export.write("settlements.parquet", whole[:-kept])
    assert "settlements.parquet: not a whole Parquet file" in str(refused(export))


def test_a_parquet_file_damaged_inside_is_refused(export: Export) -> None:
    export.as_parquet("settlements", export.frame())
    path = export.data / "settlements.parquet"
    damaged = bytearray(path.read_bytes())
    damaged[4:400] = bytes(396)
    path.write_bytes(damaged)
    assert "settlements.parquet" in str(refused(export))


def test_a_column_given_twice_is_refused(export: Export) -> None:
    export.write("persons.csv", "person_id,sex,sex\n1,male,female\n")
    assert "persons.csv: column given twice: sex" in refused(export).problems


def test_a_missing_folder_is_refused(export: Export, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no data folder"):
        create_snapshot(tmp_path / "nowhere", export.workspace, mapping=None)
