"""Checks the values a mapping gives: constants that cannot be read, codes that do not exist, date formats."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import polars as pl

from features.contract import Column, Kind, Table
from features.contract.vocabulary import ALWAYS_ALLOWED
from features.intake.mapping.model import ColumnMapping, TableMapping
from features.intake.values.cells import read

_A_MOMENT = dt.datetime(2024, 3, 9, 14, 30, 59)


def wrong_values(where: str, table: type[Table], mapping: TableMapping) -> Iterator[str]:
    """What is wrong with the values of a table's mapping, one line each.

    Args:
        where: the entry's name, for the lines.
        table: the contract's table.
        mapping: how it is made.
    """
    for name, column in mapping.columns.items():
        yield from _wrong_codes(f"{where}.columns.{name}", table.columns[name], column)
        yield from _wrong_constant(f"{where}.columns.{name}", table.columns[name], column)
        yield from _wrong_formats(f"{where}.columns.{name}.formats", table.columns[name].kind, column.formats)
    yield from _wrong_formats(f"{where}.date_formats", Kind.DATE, mapping.date_formats)
    yield from _wrong_formats(f"{where}.time_formats", Kind.TIME, mapping.time_formats)
    yield from _wrong_formats(f"{where}.month_formats", Kind.MONTH, mapping.month_formats)


def wrong_beside(where: str, table: type[Table], name: str, mapping: ColumnMapping) -> Iterator[str]:
    """What is wrong with the entries that go with the ways to make a column, one line each."""
    kind = table.columns[name].kind
    if mapping.lengths and not mapping.by_prefix:
        yield f'{where}: lengths go with match = "prefix"'
    if mapping.day_from and kind is not Kind.TIME:
        yield f"{where}: only a time takes its day from other columns"
    if mapping.not_before is not None and (
        mapping.not_before not in table.of_kind(kind) or kind not in (Kind.DATE, Kind.TIME)
    ):
        yield f"{where}: not_before compares a date or time with another one of the table"
    for pattern, _ in mapping.replace:
        try:
            pl.select(pl.lit("").str.contains(pattern))
        except pl.exceptions.PolarsError:
            yield f"{where}: {pattern} is not a regular expression"


def _wrong_codes(where: str, column: Column, mapping: ColumnMapping) -> Iterator[str]:
    if column.kind is not Kind.CODE:
        return
    decided = {case.value for case in mapping.cases}
    given = {*mapping.values.values(), *decided, mapping.otherwise, mapping.constant} - {None}
    for code in sorted(given - {*column.values, *ALWAYS_ALLOWED}, key=str):
        yield f"{where}: {code} is none of {', '.join((*column.values, *ALWAYS_ALLOWED))}"


def _wrong_constant(where: str, column: Column, mapping: ColumnMapping) -> Iterator[str]:
    if mapping.constant is None:
        return
    value = read(pl.lit(mapping.constant), pl.String(), column, mapping.formats)
    if pl.select(value).item() is None:
        yield f"{where}: the constant {mapping.constant} cannot be read as {column.kind}"


def _wrong_formats(where: str, kind: Kind, formats: Sequence[str]) -> Iterator[str]:
    for form in formats:
        if kind not in (Kind.DATE, Kind.TIME, Kind.MONTH):
            yield f"{where}: only dates, times and months have formats"
            continue
        if not _reads_what_it_writes(kind, form):
            yield f"{where}: {form} is not a format of a {kind} (strptime, such as %Y-%m-%d)"


def _reads_what_it_writes(kind: Kind, form: str) -> bool:
    """Whether a moment written in the format can be read again."""
    try:
        text = pl.Series("cell", [_A_MOMENT]).dt.strftime(form)
        return (
            text.to_frame().select(read(pl.col("cell"), pl.String(), Column(kind, ""), [form])).item()
            is not None
        )
    except pl.exceptions.PolarsError:
        return False
