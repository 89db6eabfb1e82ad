"""Whether the values of a column can be read as a contract column, and how a mapping says so."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from features.contract import Column, Kind
from features.intake.drafting.names import code_values
from features.intake.drafting.toml import Value
from features.intake.values.cells import read
from features.intake.values.dates import DateReader
from features.intake.values.forms import COLUMN_FORMS

_WHOLE = 0.97
"""Share of the values that must be readable."""
_FILLED = 0.95
"""Share of the rows in which a required column must have a value."""
_FORMATS = (
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%Y-%m-%dT%H:%M:%SZ",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M",
)
"""Further formats of days that are tried; one that fits alone is taken."""
_TIMES = (
    *(
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%d %H:%M",
        "%Y/%m/%d",
        "%Y/%m/%d %H:%M",
        "%Y/%m/%d %H:%M:%S",
    ),
    *("%Y%m%d", "%Y%m%d%H%M%S"),
)
_DAYS = (Kind.DATE, Kind.TIME, Kind.MONTH)
_TEXTS = (Kind.ID, Kind.TEXT)
_CODES_SHOWN = 40
_CELL = pl.col("cell")
_LENIENT = DateReader(forms=COLUMN_FORMS)


@dataclass(frozen=True)
class Fit:
    """How a column is read: entries besides its name, and what is uncertain about that."""

    entries: dict[str, Value]
    doubt: str = ""


def fit(cells: pl.Series, column: Column) -> Fit | None:
    """How the values of a source column are read as a contract column; None where they are not.

    Args:
        cells: text, null where empty.
        column: the contract's column.
    """
    given = cells.drop_nulls()
    if column.required and given.len() < _FILLED * cells.len():
        return None
    if given.is_empty():
        return None if column.required else Fit({}, "no value in the sample")
    if column.kind in _TEXTS:
        return Fit({})
    if column.kind is Kind.CODE:
        return _codes(given, column)
    if column.kind in _DAYS:
        return _days(given, column)
    return Fit({}) if _readable(given, read(_CELL, pl.String(), column, _LENIENT)) else None


def day_formats(cells: pl.Series) -> list[str]:
    """The first format in which the values of a column name a day; empty where they are ISO days, or are in none."""
    given = cells.drop_nulls()
    day = Column(Kind.DATE, "")
    if _readable(given, read(_CELL, pl.String(), day)):
        return []
    formats = (*_TIMES, *_FORMATS)
    ways = (
        [form] for form in formats if _readable(given, read(_CELL, pl.String(), day, DateReader((form,))))
    )
    return next(ways, [])


def _codes(given: pl.Series, column: Column) -> Fit | None:
    values = sorted(given.unique().to_list())
    if len(values) > _CODES_SHOWN:
        return None
    if set(values) <= {*column.values, "other", "unknown"}:
        return Fit({})
    meant = code_values(values, column.values)
    if meant is None:
        return None
    return Fit({"values": meant, "otherwise": "unknown"}, "meaning of the codes")


def _days(given: pl.Series, column: Column) -> Fit | None:
    if _readable(given, read(_CELL, pl.String(), column, _LENIENT)):
        return Fit({})
    fitting = [
        form for form in _FORMATS if _readable(given, read(_CELL, pl.String(), column, DateReader((form,))))
    ]
    if not fitting:
        return None
    doubt = "" if len(fitting) == 1 else "day and month may be exchanged"
    return Fit({"formats": [fitting[0]]}, doubt)


def _readable(given: pl.Series, expression: pl.Expr) -> bool:
    values = given.alias("cell").to_frame().select(expression.alias("cell"))["cell"]
    return values.count() >= _WHOLE * given.len()
