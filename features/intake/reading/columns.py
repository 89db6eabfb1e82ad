"""Build the expression of a contract column from a file's columns, according to its mapping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from features.contract import Column, Kind
from features.intake.mapping.model import MAYBE, ColumnMapping, column_of
from features.intake.reading.conditions import holds
from features.intake.values.cells import as_text, read
from features.intake.values.dates import DateReader, has_time, stands_for_no_end, with_day
from features.intake.values.forms import Form, has_clock, label


@dataclass(frozen=True)
class Reading:
    """One contract column of one file.

    Attributes:
        column: the contract's column.
        value: its stored value; null where the cell is empty or unreadable.
        given: whether the cell is not empty (Boolean, never null).
        timed: whether the cell contains a time of day; None where the cells are not inspected for it.
        unusual: the form in which a value was read that is not of the contract; None where there is only that.
        endless: whether the cell of an end is a date that stands for none (`stands_for_no_end`); None of other columns.
    """

    column: Column
    value: pl.Expr
    given: pl.Expr
    timed: pl.Expr | None = None
    unusual: pl.Expr | None = None
    endless: pl.Expr | None = None


def reading(
    column: Column,
    mapping: ColumnMapping,
    types: Mapping[str, pl.DataType],
    null_words: Sequence[str],
    forms: Sequence[Form] | None = None,
) -> Reading:
    """The expressions that read a contract column.

    Args:
        column: the contract's column.
        mapping: the sources of its values.
        types: types of the file's columns.
        null_words: words that mean null in the whole file.
        forms: other forms that the column has; None to read nothing but the forms of the contract and the mapping.
    """
    nulls = (*null_words, *mapping.null)
    if mapping.constant is not None:
        constant = pl.lit(mapping.constant)
        return Reading(column, read(constant, pl.String(), column, DateReader(mapping.formats)), pl.lit(True))
    cell_reading = (
        _total(column, mapping, types, nulls, forms)
        if mapping.total
        else _of_cells(column, mapping, types, nulls, forms)
    )
    return _in_its_rows(_with_cases(cell_reading, mapping, types), mapping, types)


def named(mark: str, by_column: Mapping[str, pl.Expr | None]) -> list[pl.Expr]:
    """What is noted about the cells of columns, under the column's name with a mark."""
    return [noted.alias(mark + name) for name, noted in by_column.items() if noted is not None]


def _of_cells(
    column: Column,
    mapping: ColumnMapping,
    types: Mapping[str, pl.DataType],
    nulls: Sequence[str],
    forms: Sequence[Form] | None,
) -> Reading:
    names = mapping.cells()
    if not names:
        nothing = pl.lit(mapping.when_null, dtype=pl.String)
        return Reading(column, read(nothing, pl.String(), column), nothing.is_not_null())
    # The value of an empty cell applies only if all cells are empty.
    cells = [_cell(name, types, mapping, nulls, last=name == names[-1]) for name in names]
    plain = DateReader(mapping.formats, mapping.zone)
    values = [read(cell, dtype, column, replace(plain, forms=forms)) for cell, dtype in cells]
    given = pl.any_horizontal(cell.is_not_null() for cell, _ in cells)
    value = _first_given(cells, values)
    timed = unusual = endless = None
    if column.open_end:
        endless = _first_given(cells, [stands_for_no_end(cell, dtype) for cell, dtype in cells])
        endless = endless.fill_null(value=False)
        given, value = given & ~endless, pl.when(~endless).then(value)
    if column.kind is Kind.TIME and (mapping.formats or forms is not None):
        clock = has_time if forms is None else _has_clock
        timed = _first_given(cells, [clock(cell, dtype) for cell, dtype in cells])
    if forms is not None:
        usual = [read(cell, dtype, column, plain) for cell, dtype in cells]
        labels = [_unusual(column, cell, dtype, forms) for cell, dtype in cells]
        unusual = pl.when(_first_given(cells, usual).is_null()).then(_first_given(cells, labels))
    return Reading(column, value, given, timed, unusual, endless)


def _has_clock(cell: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    return has_clock(cell) if isinstance(dtype, pl.String) else has_time(cell, dtype)


def _unusual(column: Column, cell: pl.Expr, dtype: pl.DataType, forms: Sequence[Form]) -> pl.Expr:
    """The form of a cell that is not of the contract."""
    if not isinstance(dtype, pl.String):
        return pl.lit(None, dtype=pl.String)
    if column.kind in (Kind.DATE, Kind.TIME, Kind.MONTH):
        return label(cell, forms)
    return pl.lit("amounts with separators, a currency, another minus or surplus digits")


def _with_cases(cell_reading: Reading, mapping: ColumnMapping, types: Mapping[str, pl.DataType]) -> Reading:
    """Apply the cases, which have precedence over the column's own value."""
    value, given = cell_reading.value, cell_reading.given
    for case in reversed(mapping.cases):
        condition = holds(case.when, types)
        value = (
            pl.when(condition)
            .then(read(pl.lit(case.value), pl.String(), cell_reading.column))
            .otherwise(value)
        )
        given = given | condition
    return replace(cell_reading, value=value, given=given)


def _in_its_rows(cell_reading: Reading, mapping: ColumnMapping, types: Mapping[str, pl.DataType]) -> Reading:
    if not mapping.only_when:
        return cell_reading
    condition = holds(mapping.only_when, types)
    return replace(
        cell_reading, value=pl.when(condition).then(cell_reading.value), given=cell_reading.given & condition
    )


def _first_given(cells: Sequence[tuple[pl.Expr, pl.DataType]], values: Sequence[pl.Expr]) -> pl.Expr:
    """The value of the first cell that is not empty, even if that cell is unreadable."""
    chosen = values[-1]
    for (cell, _), value in reversed(list(zip(cells[:-1], values[:-1], strict=True))):
        chosen = pl.when(cell.is_not_null()).then(value).otherwise(chosen)
    return chosen


def _total(
    column: Column,
    mapping: ColumnMapping,
    types: Mapping[str, pl.DataType],
    nulls: Sequence[str],
    forms: Sequence[Form] | None,
) -> Reading:
    """Sums and differences, in stored integers. The total is null if a term is unreadable or empty.

    An empty term that the mapping marks as optional counts as zero; the total is null if all terms are empty.
    """
    value = pl.lit(0, dtype=pl.Int64)
    given, some = pl.lit(True), pl.lit(False)
    for term in mapping.total:
        cell, dtype = _cell(column_of(term), types, mapping, nulls, last=True)
        amount = read(cell, dtype, column, DateReader(forms=forms))
        if term.endswith(MAYBE):
            amount = pl.when(cell.is_null()).then(pl.lit(0, dtype=pl.Int64)).otherwise(amount)
        else:
            given = given & cell.is_not_null()
        some = some | cell.is_not_null()
        value = value - amount if term.startswith("-") else value + amount
    return Reading(column, pl.when(some).then(value), given & some)


def _cell(
    name: str, types: Mapping[str, pl.DataType], mapping: ColumnMapping, nulls: Sequence[str], *, last: bool
) -> tuple[pl.Expr, pl.DataType]:
    """The cell after null words, days, replacements and the value of empty cells are applied."""
    cell, dtype = pl.col(name), types[name]
    if isinstance(dtype, (pl.Categorical, pl.Enum)):
        cell, dtype = cell.cast(pl.String), pl.String()
    if isinstance(dtype, pl.String):
        cell = (
            pl.when(~cell.is_in(nulls)).then(cell) if len(nulls) > 1 else pl.when(cell != nulls[0]).then(cell)
        )
    if mapping.formats and dtype.is_numeric():  # a day stored as a number: 20240301
        cell, dtype = as_text(cell, dtype), pl.String()
    if mapping.day_from:
        cell, dtype = with_day(cell, dtype, [(day, types[day]) for day in mapping.day_from])
    if mapping.replace:
        cell, dtype = as_text(cell, dtype), pl.String()
        for pattern, to in mapping.replace:
            cell = cell.str.replace(pattern, to)
    if mapping.values:
        cell, dtype = _replaced(as_text(cell, dtype), mapping), pl.String()
    if mapping.when_null is not None and last:
        cell, dtype = as_text(cell, dtype).fill_null(mapping.when_null), pl.String()
    return cell, dtype


def _replaced(cell: pl.Expr, mapping: ColumnMapping) -> pl.Expr:
    other = cell if mapping.otherwise is None else pl.when(cell.is_not_null()).then(pl.lit(mapping.otherwise))
    if not mapping.by_prefix:
        return cell.replace_strict(dict(mapping.values), default=other, return_dtype=pl.String)
    chosen = other
    for prefix in sorted(mapping.values, key=len):  # the longest prefix has precedence, so it is outermost
        fits = cell.str.starts_with(prefix)
        if mapping.lengths:
            fits = fits & cell.str.len_chars().is_in(mapping.lengths)
        chosen = pl.when(fits).then(pl.lit(mapping.values[prefix])).otherwise(chosen)
    return chosen
