"""Columns of an extract: one value in the several forms that real ones have."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

NTH = pl.int_range(pl.len())


def forms(column: str, codes: Mapping[str, list[str]]) -> pl.Expr:
    """A code in one of three forms, by the row's number; what has none is null."""
    nth = NTH % 3
    each = [
        pl.col(column).replace_strict({word: forms[n] for word, forms in codes.items()}, default=None)
        for n in range(3)
    ]
    return pl.when(nth == 0).then(each[0]).when(nth == 1).then(each[1]).otherwise(each[2])


def moments(column: str) -> pl.Expr:
    """A time in one of three forms, by the row's number."""
    at = pl.col(column).cast(pl.Datetime("us"))
    forms = [at.dt.strftime(form) for form in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d%H:%M:%S", "%Y%m%d%H%M%S")]
    return pl.when(NTH % 3 == 0).then(forms[0]).when(NTH % 3 == 1).then(forms[1]).otherwise(forms[2])


def days(column: str) -> pl.Expr:
    """A day in one of three forms, by the row's number."""
    forms = [pl.col(column).dt.strftime(form) for form in ("%Y-%m-%d", "%Y%m%d", "%Y-%m-%d 00:00:00")]
    return pl.when(NTH % 3 == 0).then(forms[0]).when(NTH % 3 == 1).then(forms[1]).otherwise(forms[2])


def month(column: str) -> pl.Expr:
    return pl.col(column).str.replace("-", "")


def there(table: pl.DataFrame, **columns: pl.Expr) -> list[pl.Expr]:
    """The columns that can be made of what the table has."""
    return [
        made.alias(name)
        for name, made in columns.items()
        if set(made.meta.root_names()) <= set(table.columns)
    ]
