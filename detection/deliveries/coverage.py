"""What a data set covers: rows of each table, by month where its rows have a day, and the money of settlements."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals.stable.v2 as nw
import polars as pl

from features.calendar import month_of_day, month_text
from features.contract import TABLES
from features.intake.manifest import Record
from features.tables import Tables

_MONTH = {
    "settlements": nw.col("settled_month"),
    "account_entries": month_of_day(nw.col("posted_day")),
    "contributions": nw.col("accrual_month_index"),
    "drug_trace_scans": month_of_day(nw.col("scanned_day")),
}
"""Month of a row. Other tables are lists: they have no months."""
_MONEY = {"settlements": "total_amount"}


class TableCoverage(Record):
    """Rows of one table.

    Attributes:
        columns: contract columns that the source has, sorted.
        rows: all of them.
        months: rows by month (``2024-03``); empty for a table without days.
        fen: money by month, where the table has money.
    """

    columns: tuple[str, ...] = ()
    rows: int
    months: Mapping[str, int] = {}
    fen: Mapping[str, int] = {}


class Coverage(Record):
    """What a data set covers, by table."""

    tables: Mapping[str, TableCoverage] = {}


def coverage_of(tables: Tables) -> Coverage:
    """What these tables cover; a table that the source lacks is not there."""
    return Coverage(tables={name: _of_table(tables, name) for name in TABLES if tables.has(name)})


def _of_table(tables: Tables, name: str) -> TableCoverage:
    frame = tables.frame(name)
    columns = tuple(sorted(tables.columns[name]))
    month, money = _MONTH.get(name), _MONEY.get(name)
    if month is None:
        rows: pl.LazyFrame = frame.select(rows=nw.len().cast(nw.Int64)).to_native()
        return TableCoverage(columns=columns, rows=int(rows.collect().item()))
    fen = nw.col(money) if money else nw.lit(0)
    months: pl.LazyFrame = (
        frame.select(month=month.cast(nw.Int64), fen=fen)
        .group_by("month")
        .agg(rows=nw.len().cast(nw.Int64), fen=nw.col("fen").cast(nw.Int64).sum())
        .sort("month")
        .to_native()
    )
    counted = months.collect()
    dated = counted.filter(pl.col("month").is_not_null())
    names = [month_text(month) for month in dated["month"]]
    return TableCoverage(
        columns=columns,
        rows=int(counted["rows"].sum()),
        months=dict(zip(names, dated["rows"].to_list(), strict=True)),
        fen=dict(zip(names, dated["fen"].to_list(), strict=True)) if money else {},
    )
