"""Exports with fewer columns, or with days instead of times, are of the same city and can be ingested."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from data_samples.city import simulate
from data_samples.exports import Columns, Export
from data_samples.writing import FileFormat
from features.contract import TABLES
from features.intake import create_snapshot, open_snapshot
from features.workspace import open_workspace

TIMES = [
    pl.Series(["2024-03-01 10:11:12"]).str.to_datetime(),
    pl.Series(["2024-03-01 08:00:00"]).str.to_datetime(),
]


def test_a_full_export_is_what_was_simulated() -> None:
    frame = pl.DataFrame({"settlement_id": ["S1"], "operator_id": ["O1"], "settled_at": TIMES[0]})
    fitted = Export().fit("settlements", frame)
    assert fitted is not None
    assert fitted.equals(frame)


@pytest.mark.parametrize("columns", ["typical", "poor"])
def test_only_optional_columns_and_tables_are_left_out(columns: Columns) -> None:
    left_out = set()
    for name, table in TABLES.items():
        frame = pl.DataFrame(schema=dict.fromkeys(table.columns, pl.String()))
        fitted = Export(columns).fit(name, frame)
        if fitted is None:
            assert not table.required
            left_out.add(name)
            continue
        assert set(table.required_columns()) <= set(fitted.columns)
    assert "drug_trace_scans" in left_out
    assert ("charge_lines" in left_out) == (columns == "poor")


def test_by_day_the_order_of_rows_says_nothing_about_the_time() -> None:
    frame = pl.DataFrame({"settlement_id": ["S1", "S2"], "settled_at": pl.concat(TIMES)}).reverse()
    fitted = Export(clock="day").fit("settlements", frame)
    assert fitted is not None
    assert fitted["settled_at"].dtype == pl.Date
    assert fitted["settlement_id"].to_list() == ["S1", "S2"]


@pytest.mark.slow
@pytest.mark.parametrize(("columns", "file_format"), [("poor", "csv"), ("typical", "parquet")])
def test_an_export_by_day_is_ingested_without_minutes(
    tmp_path: Path, columns: Columns, file_format: FileFormat
) -> None:
    simulate(
        tmp_path / "city",
        persons=1_000,
        months=3,
        seed=3,
        area="320600",
        file_format=file_format,
        columns=columns,
        clock="day",
    )
    space = open_workspace(tmp_path / "ws", create=True)
    with space.lock():
        mapping = tmp_path / "city" / "mapping.toml" if file_format == "csv" else None
        tables = open_snapshot(create_snapshot(tmp_path / "city", space, mapping=mapping).folder)
    assert {"settlements.settled_at", "family_authorizations.valid_from"} <= tables.day_precision
    assert ("account_entries.posted_at" in tables.day_precision) == (columns == "typical")
