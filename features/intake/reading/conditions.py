"""Conditions on the cells of a row: ``{ tabname = ["SETL_D"], med_type = ["14*"] }`` in a mapping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

import polars as pl

from features.intake.mapping.texts import Conditions
from features.intake.values.cells import as_text

ANY = "*"
EMPTY = ""


def holds(when: Conditions, types: Mapping[str, pl.DataType]) -> pl.Expr:
    """Whether every column has one of the values listed for it (Boolean, never null).

    Args:
        when: values by column. A value that ends in ``*`` is a prefix; ``*`` is any value but null; an empty
            text is an empty cell.
        types: types of the columns.
    """
    each = [_is_one_of(as_text(pl.col(name), types[name]), values) for name, values in when.items()]
    return reduce(lambda all_of, condition: all_of & condition, each, pl.lit(True))


def _is_one_of(cell: pl.Expr, values: Sequence[str]) -> pl.Expr:
    prefixes = [value.removesuffix(ANY) for value in values if value.endswith(ANY)]
    exact = cell.is_in([value for value in values if not value.endswith(ANY)])
    # An empty cell has no value, although it would match an empty prefix.
    empty = (cell.is_null() | (cell == "")) if EMPTY in values else pl.lit(value=False)
    alternatives = [exact, empty, *((cell != "") & cell.str.starts_with(prefix) for prefix in prefixes)]
    return pl.any_horizontal(condition.fill_null(value=False) for condition in alternatives)
