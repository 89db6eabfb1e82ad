"""Check a resolved mapping against the contract: names, constants, codes, formats and distinct columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cache
from zoneinfo import available_timezones

import polars as pl

from features.contract import TABLES, Column, Kind, Table
from features.contract.vocabulary import ALWAYS_ALLOWED
from features.intake.mapping.model import ColumnMapping, TableMapping
from features.intake.values.cells import read
from features.intake.values.dates import DateReader
from features.message import Message

_EXAMPLE_TIME = dt.datetime(2024, 3, 9, 14, 30, 59)
_SUMMED = (Kind.MONEY, Kind.PRICE, Kind.QUANTITY, Kind.INTEGER)


def table_problems(where: str, table: type[Table], mapping: TableMapping) -> Iterator[Message]:
    """Errors of a table's mapping, one text each.

    Args:
        where: the path of the entry, which starts each text.
        table: the contract's table.
        mapping: its mapping.
    """
    if mapping.link_reversals and table is not TABLES["settlements"]:
        yield Message("{place}: link_reversals is for settlements only", place=where)
    delimiter, header_line = mapping.layout.delimiter, mapping.layout.header_line
    if delimiter is not None and len(delimiter.encode()) != 1:
        yield Message('{place}: delimiter must be one character, such as ";"', place=where)
    if header_line is not None and header_line < 1:
        yield Message("{place}: header_line counts from 1", place=where)
    if mapping.zone is not None and not _is_zone(mapping.zone):
        yield Message(
            "{place}: {zone} is not a time zone, such as UTC or Asia/Shanghai", place=where, zone=mapping.zone
        )
    yield from _wrong_names(where, table, mapping)
    for name, column in mapping.columns.items():
        yield from _wrong_codes(f"{where}.columns.{name}", table.columns[name], column)
        yield from _wrong_constant(f"{where}.columns.{name}", table.columns[name], column)
        yield from _wrong_formats(f"{where}.columns.{name}.formats", table.columns[name].kind, column.formats)
    yield from _wrong_formats(f"{where}.date_formats", Kind.DATE, mapping.date_formats)
    yield from _wrong_formats(f"{where}.time_formats", Kind.TIME, mapping.time_formats)
    yield from _wrong_formats(f"{where}.month_formats", Kind.MONTH, mapping.month_formats)
    yield from _wrong_distinct(where, mapping)


def column_problems(where: str, table: type[Table], name: str, mapping: ColumnMapping) -> Iterator[Message]:
    """Errors of a column's mapping that do not depend on other columns, one text each."""
    kind = table.columns[name].kind
    if mapping.total and kind not in _SUMMED:
        yield Message("{place}: a {kind} cannot be added up", place=where, kind=kind)
    if mapping.zone is not None and (kind is not Kind.TIME or not _is_zone(mapping.zone)):
        yield Message(
            "{place}: zone is the name of a time zone, such as UTC or Asia/Shanghai, of a time", place=where
        )
    if mapping.lengths and not mapping.by_prefix:
        yield Message('{place}: lengths go with match = "prefix"', place=where)
    if mapping.day_from and kind is not Kind.TIME:
        yield Message("{place}: only a time takes its day from other columns", place=where)
    if mapping.not_before is not None and (
        mapping.not_before not in table.of_kind(kind) or kind not in (Kind.DATE, Kind.TIME)
    ):
        yield Message(
            "{place}: not_before compares a date or time with another one of the table", place=where
        )
    for pattern, _ in mapping.replace:
        try:
            pl.select(pl.lit("").str.contains(pattern))
        except pl.exceptions.PolarsError:
            yield Message("{place}: {pattern} is not a regular expression", place=where, pattern=pattern)


def _is_zone(name: str) -> bool:
    return name in available_timezones()


def _wrong_names(where: str, table: type[Table], mapping: TableMapping) -> Iterator[Message]:
    for name in sorted(mapping.absent):
        if name not in table.columns:
            yield Message("{place}.absent: {name} is not a column of the contract", place=where, name=name)
        elif name in mapping.columns:
            yield Message("{place}.absent: {name} is mapped as well", place=where, name=name)
    for name in sorted(mapping.day_precision):
        if name not in table.of_kind(Kind.TIME):
            yield Message(
                "{place}.day_precision: {name} is not a time of {table}",
                place=where,
                name=name,
                table=table.table,
            )


def _wrong_distinct(where: str, mapping: TableMapping) -> Iterator[Message]:
    """In a table of distinct values every column is one of them, a constant, or an aggregate."""
    for name, column in mapping.columns.items():
        if column.aggregate and not mapping.distinct:
            yield Message(
                "{place}.columns.{name}: aggregate needs distinct = [...] on the table",
                place=where,
                name=name,
            )
        if mapping.distinct and not column.aggregate and not set(column.reads()) <= set(mapping.distinct):
            yield Message(
                "{place}.columns.{name}: neither one of the distinct columns nor an aggregate (min or max)",
                place=where,
                name=name,
            )


def _wrong_codes(where: str, column: Column, mapping: ColumnMapping) -> Iterator[Message]:
    if column.kind is not Kind.CODE:
        return
    by_case = {case.value for case in mapping.cases}
    given = {*mapping.values.values(), *by_case, mapping.otherwise, mapping.constant} - {None}
    for code in sorted(given - {*column.values, *ALWAYS_ALLOWED}, key=str):
        yield Message(
            "{place}: {code} is none of {names}",
            place=where,
            code=code,
            names=(*column.values, *ALWAYS_ALLOWED),
        )


def _wrong_constant(where: str, column: Column, mapping: ColumnMapping) -> Iterator[Message]:
    if mapping.constant is None:
        return
    value = read(pl.lit(mapping.constant), pl.String(), column, DateReader(mapping.formats))
    if pl.select(value).item() is None:
        yield Message(
            "{place}: the constant {constant} cannot be read as {kind}",
            place=where,
            constant=mapping.constant,
            kind=column.kind,
        )


def _wrong_formats(where: str, kind: Kind, formats: Sequence[str]) -> Iterator[Message]:
    for form in formats:
        if kind not in (Kind.DATE, Kind.TIME, Kind.MONTH):
            yield Message("{place}: only dates, times and months have formats", place=where)
        elif not _reads_what_it_writes(kind, form):
            yield Message(
                "{place}: {form} is not a format of a {kind} (strptime, such as %Y-%m-%d)",
                place=where,
                form=form,
                kind=kind,
            )


@cache
def _reads_what_it_writes(kind: Kind, form: str) -> bool:
    """Whether a time written in the format can be read again."""
    cell = pl.col("cell")
    try:
        example = pl.Series("cell", [_EXAMPLE_TIME])
        aware = example.dt.replace_time_zone("Asia/Shanghai") if "%z" in form else example
        written = aware.dt.strftime(form).to_frame()
        return (
            written.select(read(cell, pl.String(), Column(kind, ""), DateReader([form]))).item() is not None
        )
    except pl.exceptions.PolarsError:
        return False
