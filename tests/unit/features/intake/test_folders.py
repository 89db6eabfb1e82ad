"""A data set is a folder: CSV, Parquet, or folders of Parquet parts."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from support.exports import Export

from features.contract import TABLES
from features.errors import InputError
from features.tables import stored_schema


def test_a_valid_export_is_accepted_as_a_whole(export: Export) -> None:
    ingested = export.ingest()
    assert ingested.rows() == {"read": 2, "accepted": 2, "quarantined": 0, "excluded": 0, "flagged": 0}
    assert ingested.quarantine() == []
    assert ingested.column("settlements.person_id") == ["001", "002"], "leading zeros are kept"
    assert ingested.column("settlements.total_amount") == [100_00, 55_50], "yuan become fen"


def test_accepted_tables_have_the_stored_types(export: Export) -> None:
    tables = export.ingest().tables
    for name, table in TABLES.items():
        assert dict(tables.frame(name).to_native().collect_schema()) == stored_schema(table)


def test_days_minutes_and_months_are_written_once(export: Export) -> None:
    export.change("settlements", 1, service_date="2024-02-29")
    ingested = export.ingest()
    settled = dt.datetime(2024, 3, 1, 10) - dt.datetime(1970, 1, 1)
    assert ingested.column("settlements.settled_day")[0] == settled.days
    assert ingested.column("settlements.settled_minute")[0] == settled.total_seconds() // 60
    assert ingested.column("settlements.settled_month")[0] == 2024 * 12 + 2
    assert ingested.column("settlements.service_month") == [2024 * 12 + 1, 2024 * 12 + 2]
    assert ingested.column("settlements.service_day") == [settled.days - 1, settled.days + 1], (
        "without a service date the day of settlement counts"
    )


def test_parquet_may_hold_real_types(export: Export) -> None:
    frame = export.frame().with_columns(
        pl.col("settled_at").str.to_datetime(time_unit="ns"),
        pl.col("total_amount").cast(pl.Decimal(12, 2)),
        pl.col("pool_paid").cast(pl.Float64),
        pl.Series("account_paid", [40, 55]),
        pl.col("scheme").cast(pl.Categorical),
    )
    from_csv = export.ingest().column("settlements.settled_minute")
    export.as_parquet("settlements", frame)
    ingested = export.ingest()
    assert ingested.column("settlements.settled_minute") == from_csv
    assert ingested.column("settlements.total_amount") == [100_00, 55_50]
    assert ingested.column("settlements.pool_paid") == [60_00, 0]
    assert ingested.column("settlements.account_paid") == [40_00, 55_00]


def test_a_parquet_date_in_a_time_column_is_day_precision(export: Export) -> None:
    export.as_parquet(
        "settlements", export.frame().with_columns(pl.col("settled_at").str.to_datetime().dt.date())
    )
    ingested = export.ingest()
    assert not ingested.tables.precise("settlements", "settled_at")
    assert ingested.column("settlements.settled_minute") == [None, None]


def test_hive_partitions_become_columns(export: Export) -> None:
    frame = export.frame()
    for row, care_type in enumerate(("pharmacy", "outpatient")):
        part = frame.slice(row, 1).drop("care_type")
        export.as_parquet("settlements", part, f"settlements/care_type={care_type}/part.parquet")
    ingested = export.ingest()
    assert sorted(ingested.column("settlements.care_type")) == ["outpatient", "pharmacy"]
    assert [file.rows for file in ingested.manifest.files if "settlements" in file.name] == [1, 1]


def test_a_row_is_named_by_file_and_number(export: Export) -> None:
    ingested = export.ingest()
    files = [file.name for file in ingested.manifest.files]
    assert [files[index] for index in ingested.column("settlements.source_file")] == ["settlements.csv"] * 2
    assert ingested.column("settlements.source_row") == [1, 2]


def test_unread_files_and_columns_are_listed(export: Export) -> None:
    export.write("notes.txt", "hello")
    export.change("settlements", 1, weather="fine")
    ingested = export.ingest()
    assert ingested.manifest.ignored_files == ("notes.txt",)
    assert ingested.manifest.tables["settlements"].ignored_columns == ("weather",)


def test_truth_files_are_never_opened(export: Export) -> None:
    (export.data / "truth").mkdir()
    export.write("truth/entities.parquet", "not Parquet at all")
    assert export.ingest().manifest.ignored_files == ()


def test_the_simulators_mark_reaches_the_manifest(export: Export) -> None:
    assert export.ingest().manifest.simulated is False
    export.write("SIMULATED.json", '{"seed": 1}')
    assert export.ingest().manifest.simulated is True


def test_absent_columns_and_tables_are_not_believed(export: Export) -> None:
    tables = export.ingest().tables
    assert tables.has("settlements", "pool_paid")
    assert not tables.has("settlements", "mutual_aid_paid")
    assert not tables.has("drug_trace_scans")


def test_a_table_given_twice_is_refused(export: Export) -> None:
    export.frame().write_parquet(export.data / "settlements.parquet")
    with pytest.raises(InputError, match="given several times"):
        export.ingest()


def test_leftovers_of_other_writers_are_not_parts(export: Export) -> None:
    frame = export.frame()
    for path in ("settlements/part.parquet", "settlements/_temporary/part.parquet"):
        export.as_parquet("settlements", frame, path)
    assert export.ingest().rows()["read"] == 2
