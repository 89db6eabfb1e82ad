"""Conditions on the cells of a row: ``{ tabname = ["SETL_D"], med_type = ["14*"] }`` in a mapping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

import polars as pl

from features.intake.mapping.model import Conditions
from features.intake.values.cells import as_text

ANY = "*"
EMPTY = ""


def holds(when: Conditions, types: Mapping[str, pl.DataType]) -> pl.Expr:
    """Whether every column has one of its values (Boolean, never null).

    Args:
        when: values by column; a value that ends in ``*`` is a prefix, ``*`` alone any value but null, an
            empty one an empty cell.
        types: types of the columns.
    """
    each = [_one_of(as_text(pl.col(name), types[name]), values) for name, values in when.items()]
    return reduce(lambda some, one: some & one, each, pl.lit(True))


def _one_of(cell: pl.Expr, values: Sequence[str]) -> pl.Expr:
    prefixes = [value.removesuffix(ANY) for value in values if value.endswith(ANY)]
    exact = cell.is_in([value for value in values if not value.endswith(ANY)])
    # An empty cell is no value, though every text starts with an empty prefix.
    empty = (cell.is_null() | (cell == "")) if EMPTY in values else pl.lit(value=False)
    found = [exact, empty, *((cell != "") & cell.str.starts_with(prefix) for prefix in prefixes)]
    return pl.any_horizontal(one.fill_null(value=False) for one in found)
