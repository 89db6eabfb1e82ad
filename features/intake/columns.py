"""The expressions that make a contract column out of a file's columns, as its mapping says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from features.contract import Column
from features.intake.cells import as_text, read
from features.intake.mapping import ColumnMapping


@dataclass(frozen=True)
class Reading:
    """One contract column of one file.

    Attributes:
        column: the contract's column.
        value: its held value; null where the cell is empty or cannot be read.
        given: whether the cell holds anything (Boolean, never null).
    """

    column: Column
    value: pl.Expr
    given: pl.Expr


def reading(
    column: Column, mapping: ColumnMapping, types: Mapping[str, pl.DataType], null_words: Sequence[str]
) -> Reading:
    """How to read a contract column.

    Args:
        column: the contract's column.
        mapping: where its values come from.
        types: types of the file's columns.
        null_words: words that mean null in the whole file.
    """
    nulls = (*null_words, *mapping.null)
    if mapping.constant is not None:
        constant = pl.lit(mapping.constant)
        return Reading(column, read(constant, pl.String(), column, mapping.formats), pl.lit(True))
    if mapping.total:
        return _total(column, mapping, types, nulls)
    cells = [_cell(name, types[name], mapping, nulls) for name in (mapping.source, *mapping.first_of) if name]
    values = [read(cell, dtype, column, mapping.formats) for cell, dtype in cells]
    given = pl.any_horizontal(cell.is_not_null() for cell, _ in cells)
    if len(values) == 1:
        return Reading(column, values[0], cells[0][0].is_not_null())
    return Reading(column, _first_given(cells, values), given)


def _first_given(cells: Sequence[tuple[pl.Expr, pl.DataType]], values: Sequence[pl.Expr]) -> pl.Expr:
    """The value of the first cell that is given, even when it is that one that cannot be read."""
    chosen = values[-1]
    for (cell, _), value in reversed(list(zip(cells[:-1], values[:-1], strict=True))):
        chosen = pl.when(cell.is_not_null()).then(value).otherwise(chosen)
    return chosen


def _total(
    column: Column, mapping: ColumnMapping, types: Mapping[str, pl.DataType], nulls: Sequence[str]
) -> Reading:
    """Sums and differences, added up in the held integers; one empty or unreadable term empties the total."""
    value = pl.lit(0, dtype=pl.Int64)
    given = pl.lit(True)
    for term in mapping.total:
        cell, dtype = _cell(term.removeprefix("-"), types[term.removeprefix("-")], mapping, nulls)
        amount = read(cell, dtype, column)
        value = value - amount if term.startswith("-") else value + amount
        given = given & cell.is_not_null()
    return Reading(column, value, given)


def _cell(
    name: str, dtype: pl.DataType, mapping: ColumnMapping, nulls: Sequence[str]
) -> tuple[pl.Expr, pl.DataType]:
    """The cell with null words, replacements and the value of empty cells applied."""
    cell = pl.col(name)
    if isinstance(dtype, (pl.Categorical, pl.Enum)):
        cell, dtype = cell.cast(pl.String), pl.String()
    if isinstance(dtype, pl.String):
        cell = (
            pl.when(~cell.is_in(nulls)).then(cell) if len(nulls) > 1 else pl.when(cell != nulls[0]).then(cell)
        )
    if mapping.values:
        cell, dtype = _replaced(as_text(cell, dtype), mapping), pl.String()
    if mapping.when_null is not None:
        cell, dtype = as_text(cell, dtype).fill_null(mapping.when_null), pl.String()
    return cell, dtype


def _replaced(cell: pl.Expr, mapping: ColumnMapping) -> pl.Expr:
    other = cell if mapping.otherwise is None else pl.when(cell.is_not_null()).then(pl.lit(mapping.otherwise))
    if not mapping.by_prefix:
        return cell.replace_strict(dict(mapping.values), default=other, return_dtype=pl.String)
    chosen = other
    for prefix in sorted(mapping.values, key=len):  # the longest is asked first, so it goes outermost
        chosen = pl.when(cell.str.starts_with(prefix)).then(pl.lit(mapping.values[prefix])).otherwise(chosen)
    return chosen
