"""Ids as codes: groups, windows and joins over numbers need a fraction of the work of those over texts."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from polars.selectors import enum

AS_TEXT = enum().cast(pl.String)
"""Texts in place of codes."""


def enumeration(rows: pl.LazyFrame, columns: Sequence[str]) -> pl.Enum:
    """One enumeration of all ids of some columns, in the order of their texts, so that codes sort as texts do."""
    ids = pl.concat([rows.select(id=name).unique() for name in columns]).drop_nulls().unique()
    return pl.Enum(ids.collect(engine="streaming").to_series().sort())


def enumerated(rows: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """The rows with codes in place of the texts of some columns, each with an enumeration of its own."""
    texts = [name for name in columns if rows.schema[name] == pl.String]
    return rows.with_columns(pl.col(name).cast(enumeration(rows.lazy(), [name])) for name in texts)
