"""Rows with the same key: equal rows count once, contradicting rows are not used."""

from __future__ import annotations

import polars as pl
from support.exports import Export

from features.intake.checks.duplicates import CONFLICT, SAME


def test_equal_rows_are_kept_once(export: Export) -> None:
    frame = export.frame()
    pl.concat([frame, frame.head(1), frame.head(1)]).write_csv(export.data / "settlements.csv")
    ingested = export.ingest()
    assert ingested.column("settlements.settlement_id") == ["s1", "s2"]
    assert ingested.quarantine() == [
        ("settlements", 3, "settlement_id", SAME),
        ("settlements", 4, "settlement_id", SAME),
    ]


def test_contradicting_rows_are_not_used(export: Export) -> None:
    frame = export.frame()
    other = frame.head(1).with_columns(pl.lit("99.00").alias("total_amount"))
    pl.concat([frame, other]).write_csv(export.data / "settlements.csv")
    ingested = export.ingest()
    assert ingested.column("settlements.settlement_id") == ["s2"]
    assert ingested.quarantine() == [
        ("settlements", 1, "settlement_id", CONFLICT),
        ("settlements", 3, "settlement_id", CONFLICT),
    ]
    assert ingested.manifest.tables["settlements"].money["total_amount"].model_dump() == {
        "read": 254_50,
        "accepted": 55_50,
        "quarantined": 199_00,
        "excluded": 0,
        "unreadable_cells": 0,
    }


def test_a_key_may_have_several_columns(export: Export) -> None:
    frame = export.frame("enrolments")
    later = frame.head(1).with_columns(pl.lit("2022-01-01").alias("start_date"))
    pl.concat([frame, later]).write_csv(export.data / "enrolments.csv")
    assert export.ingest().rows("enrolments")["accepted"] == 3, (
        "another interval of the same person is no duplicate"
    )


def test_duplicates_across_files_are_quarantined(export: Export) -> None:
    frame = export.frame()
    export.as_parquet("settlements", frame, "settlements/a.parquet")
    export.as_parquet("settlements", frame.head(1), "settlements/b.parquet")
    ingested = export.ingest()
    assert ingested.rows()["quarantined"] == 1
    assert ingested.column("settlements.settlement_id") == ["s1", "s2"]


def test_a_row_quarantined_as_a_duplicate_leaves_no_flag(export: Export) -> None:
    export.change("settlements", 1, cash_paid="?")
    frame = export.frame()
    pl.concat([frame, frame.head(1)]).write_csv(export.data / "settlements.csv")
    assert [row for _, row, _, _ in export.ingest().flags()] == [1]
