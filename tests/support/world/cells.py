"""From what a test writes to what a table stores: full names of columns, and values of cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from features.contract import Column, Kind, Table
from features.errors import CardError

Row = dict[str, Any]
"""Stored values by full name of a column."""
Day = str | dt.date
Moment = str | dt.datetime


def full_name(table: type[Table], name: str) -> str:
    """The contract's name of a column whose ``_id`` may be left off.

    Raises:
        CardError: the table has no such column.
    """
    for column in (name, f"{name}_id"):
        if column in table.columns:
            return column
    raise CardError(f"A case draws {table.table}.{name}, which is not a column of the contract.")


def row_of(table: type[Table], cells: Mapping[str, Any]) -> Row:
    """A row of the cells that are given."""
    names = {full_name(table, name): value for name, value in cells.items()}
    return {name: stored(table.columns[name], value) for name, value in names.items()}


def stored(column: Column, value: Any) -> Any:
    """A value as it is stored: text is read as the cell of a case, other values stay."""
    if not isinstance(value, str):
        return value
    if value == "":
        return None
    match column.kind:
        case Kind.MONEY:
            return int(Decimal(value) * 100)
        case Kind.PRICE:
            return int(Decimal(value) * 1_000_000)
        case Kind.QUANTITY:
            return int(Decimal(value) * 10_000)
        case Kind.DATE:
            return dt.date.fromisoformat(value)
        case Kind.TIME:
            return dt.datetime.fromisoformat(value)
        case Kind.INTEGER:
            return int(value)
        case Kind.DECIMAL:
            return float(value)
        case Kind.FLAG:
            return value == "true"
        case _:
            return value
