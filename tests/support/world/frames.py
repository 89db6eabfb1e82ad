"""Frames of accepted tables out of rows, with the integer columns that intake derives from dates, times and months."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl
from support.world.cells import Row
from support.world.defaults import DEFAULTS

from features.contract import TABLES, Kind, Table, stem
from features.tables import Tables, stored_schema, unknown_end


def frame_of(table: type[Table], rows: Sequence[Row]) -> pl.DataFrame:
    """The stored table of these rows."""
    schema = stored_schema(table)
    values = {name: _values(table, name, rows) for name in table.columns}
    frame = pl.DataFrame(values, schema={name: schema[name] for name in table.columns}, strict=True)
    frame = frame.with_columns(_derived(table))
    if table.table == "settlements":
        frame = frame.with_columns(
            service_day=pl.coalesce("service_day", "settled_day"),
        ).with_columns(settled_month=_month("settled_day"), service_month=_month("service_day"))
    numbers = pl.int_range(1, pl.len() + 1)
    return frame.with_columns(source_file=pl.lit(0), source_row=numbers).select(
        pl.col(name).cast(kind) for name, kind in schema.items()
    )


def _values(table: type[Table], name: str, rows: Sequence[Row]) -> list[Any]:
    """A column: ids and texts that are required and left out have the number of their row."""
    column, usual = table.columns[name], DEFAULTS.get(table.table, {})
    if name not in usual and column.required and column.kind in (Kind.ID, Kind.TEXT):
        return [row.get(name, f"{table.table}-{number}") for number, row in enumerate(rows, 1)]
    return [row.get(name, usual.get(name)) for row in rows]


def without(tables: Tables, *lacking: str) -> Tables:
    """The same tables as if the source lacked these, each a ``table`` or a ``table.column``."""
    frames = {name: frame for name, frame in tables.frames.items() if name not in lacking}
    columns = {name: there for name, there in tables.columns.items() if name not in lacking}
    for name in frames:
        absent = {column for column in TABLES[name].columns if f"{name}.{column}" in lacking}
        if absent:
            frames[name] = frames[name].drop(*absent)
            columns[name] = columns[name] - absent
    return Tables(frames, columns, tables.day_precision)


def _derived(table: type[Table]) -> Iterator[pl.Expr]:
    for name, column in table.columns.items():
        if column.kind in (Kind.DATE, Kind.TIME):
            yield pl.col(name).cast(pl.Date).cast(pl.Int32).alias(f"{stem(name)}_day")
        if column.kind is Kind.TIME:
            minute = pl.col(name).cast(pl.Int64) // 60_000_000
            yield minute.alias(f"{stem(name)}_minute")
        if column.open_end:
            yield pl.lit(False).alias(unknown_end(name))
        if column.kind is Kind.MONTH:
            year, month = (pl.col(name).str.slice(*part).cast(pl.Int32) for part in ((0, 4), (5, 2)))
            yield (year * 12 + month - 1).alias(f"{stem(name)}_index")


def _month(day: str) -> pl.Expr:
    date = pl.col(day).cast(pl.Date).dt
    return date.year() * 12 + date.month().cast(pl.Int32) - 1
