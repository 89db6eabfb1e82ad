"""Convert a cell to the stored value of its column, or to null if it is unreadable.

Each function maps an expression of text or of a Parquet type to the stored type in `features.tables.stored_schema`.
Text is validated before it is converted, because a number parser would silently accept ``1.005``, ``1e3`` or
full-width digits.
"""

from __future__ import annotations

import polars as pl

from features.contract import Column, Kind
from features.intake.values.dates import ISO, DateReader, read_date, read_month, read_time
from features.intake.values.forms import amount

_DECIMALS = {Kind.MONEY: 2, Kind.PRICE: 6, Kind.QUANTITY: 4}
_WHOLE_DIGITS = {Kind.MONEY: 9, Kind.PRICE: 9, Kind.QUANTITY: 7}
"""Digits before the point. More are no amount but a number of another column; with these, a float represents every
stored unit exactly (below 2**53), and the sum of 90 million cells fits into 64 bits."""
_NEARLY = 1e-6
_AMOUNTS = {**_DECIMALS, Kind.INTEGER: 0, Kind.DECIMAL: 18}
"""Kinds of numbers that may have separators, and their decimals."""
LENIENT = (*_AMOUNTS, Kind.DATE, Kind.TIME, Kind.MONTH)
"""Kinds of columns that have other forms than those of the contract."""
_TRUE = ("true", "1")
_FALSE = ("false", "0")


def read(source: pl.Expr, dtype: pl.DataType, column: Column, how: DateReader = ISO) -> pl.Expr:
    """The stored value of a column; null where the cell is null or unreadable.

    Args:
        source: the cell.
        dtype: its type in the source.
        column: the contract's column.
        how: formats, zone and forms of a date, time or month. With forms, amounts may have separators and a currency.
    """
    if how.forms is not None and isinstance(dtype, pl.String) and column.kind in _AMOUNTS:
        source = amount(source, _AMOUNTS[column.kind])
    match column.kind:
        case Kind.MONEY | Kind.PRICE | Kind.QUANTITY:
            return _scaled(source, dtype, column.kind)
        case Kind.DATE:
            return read_date(source, dtype, how)
        case Kind.TIME:
            return read_time(source, dtype, how)
        case Kind.MONTH:
            return read_month(source, dtype, how)
        case Kind.INTEGER:
            return _integer(source, dtype)
        case Kind.DECIMAL:
            return _decimal(source, dtype)
        case Kind.FLAG:
            return _flag(source, dtype)
        case _:
            return as_text(source, dtype)


def as_text(source: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """An id, code or free text, unchanged. A number must be whole."""
    if isinstance(dtype, pl.String):
        return source
    if dtype.is_integer() or isinstance(dtype, (pl.Categorical, pl.Enum, pl.Boolean, pl.Date)):
        return source.cast(pl.String)
    if dtype.is_float():
        return pl.when(source == source.round()).then(source.cast(pl.Int64, strict=False)).cast(pl.String)
    return _unreadable(pl.String())


def _scaled(source: pl.Expr, dtype: pl.DataType, kind: Kind) -> pl.Expr:
    decimals = _DECIMALS[kind]
    scale: int = 10**decimals
    limit: int = 10 ** (_WHOLE_DIGITS[kind] + decimals)
    if isinstance(dtype, pl.String):
        pattern = rf"^-?[0-9]{{1,{_WHOLE_DIGITS[kind]}}}(\.[0-9]{{1,{decimals}}})?$"
        valid = pl.when(source.str.contains(pattern)).then(source)
        return (valid.cast(pl.Float64, strict=False) * scale).round().cast(pl.Int64)
    if dtype.is_integer():
        return _within(source.cast(pl.Int64, strict=False), limit // scale) * scale
    if isinstance(dtype, pl.Decimal):
        return _from_decimal(source, dtype, decimals, limit)
    if dtype.is_float():
        scaled = pl.when(source.is_finite()).then(source.cast(pl.Float64) * scale)
        exact = (scaled - scaled.round()).abs() <= _NEARLY * scale
        return _within(pl.when(exact).then(scaled.round()).cast(pl.Int64, strict=False), limit)
    return _unreadable(pl.Int64())


def _from_decimal(source: pl.Expr, dtype: pl.Decimal, decimals: int, limit: int) -> pl.Expr:
    surplus = max((dtype.scale or 0) - decimals, 0)
    # Checked before the multiplication, which would raise on overflow.
    small = pl.when(source.abs() < limit // 10**decimals).then(source)
    wide = small.cast(pl.Decimal(38, decimals + surplus), strict=False)
    units = (wide * 10 ** (decimals + surplus)).cast(pl.Int64, strict=False)
    exact = pl.when(units % 10**surplus == 0).then(units // 10**surplus)
    return _within(exact, limit)


def _within(value: pl.Expr, limit: int) -> pl.Expr:
    return pl.when(value.is_between(-limit, limit, closed="none")).then(value)


def _integer(source: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if isinstance(dtype, pl.String):
        valid = pl.when(source.str.contains(r"^-?[0-9]{1,18}$")).then(source)
        return valid.cast(pl.Int64, strict=False)
    if dtype.is_float() or isinstance(dtype, pl.Decimal):
        return pl.when(source == source.round()).then(source).cast(pl.Int64, strict=False)
    return source.cast(pl.Int64, strict=False) if dtype.is_integer() else _unreadable(pl.Int64())


def _decimal(source: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if isinstance(dtype, pl.String):
        valid = pl.when(source.str.contains(r"^-?[0-9]{1,9}(\.[0-9]{1,18})?$")).then(source)
        return valid.cast(pl.Float64, strict=False)
    if not dtype.is_numeric():
        return _unreadable(pl.Float64())
    number = source.cast(pl.Float64, strict=False)
    return pl.when(number.is_finite()).then(number)


def _flag(source: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if isinstance(dtype, pl.Boolean):
        return source
    if not (isinstance(dtype, pl.String) or dtype.is_integer()):
        return _unreadable(pl.Boolean())
    word = source.cast(pl.String).str.to_lowercase()
    return pl.when(word.is_in(_TRUE)).then(True).when(word.is_in(_FALSE)).then(False)


def _unreadable(dtype: pl.DataType) -> pl.Expr:
    """Null: the column cannot be read from the source's type."""
    return pl.lit(None, dtype=dtype)
