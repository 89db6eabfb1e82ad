"""Rows of the accepted tables of the run that readers see, with every column of the contract."""

from __future__ import annotations

from typing import Any

import polars as pl

from detection.store.queries.reader import Reader
from features.contract import TABLES
from features.tables import stored_schema


def accepted_rows(reader: Reader, table: str, condition: pl.Expr, *order: str) -> list[dict[str, Any]]:
    """Rows that meet a condition, in an order; none where the source lacks the table."""
    frame = accepted(reader, table)
    return [] if frame is None else frame.filter(condition).sort(order).collect().to_dicts()


def accepted(reader: Reader, table: str) -> pl.LazyFrame | None:
    """All rows of a table; a column that the source lacks is null. None where it lacks the table."""
    folder = reader.snapshot_part(f"tables/{table}")
    if not any(folder.glob("*.parquet")):
        return None
    frame = pl.scan_parquet(folder / "*.parquet")
    known = frame.collect_schema().names()
    absent = [
        pl.lit(None, dtype=kind).alias(name)
        for name, kind in stored_schema(TABLES[table]).items()
        if name not in known
    ]
    return frame.with_columns(absent)
