"""Rows that the source itself marks as invalid, by a column and its values (``exclude`` in a mapping)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from features.intake.cells import as_text
from features.intake.mapping import Exclusion


def excluding_rule(rules: Sequence[Exclusion], types: Mapping[str, pl.DataType]) -> pl.Expr:
    """The first rule that excludes a row, as text such as ``vali_flag = 0``; null when none does."""
    found = pl.lit(None, dtype=pl.String)
    for rule in reversed(rules):
        if rule.column in types:
            hit = as_text(pl.col(rule.column), types[rule.column]).is_in(rule.values)
            found = pl.when(hit).then(pl.lit(f"{rule.column} = {' or '.join(rule.values)}")).otherwise(found)
    return found
