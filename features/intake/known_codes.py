"""Codes that the contract does not have become the unknown code, and are counted."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from features.contract import Column
from features.contract.vocabulary import ALWAYS_ALLOWED, UNKNOWN
from features.intake.reading.table_plan import TablePlan
from features.intake.tally import Tally


def with_known_codes(
    rows: pl.DataFrame, columns: Sequence[Column], plan: TablePlan, tally: Tally
) -> pl.DataFrame:
    """Rows whose codes are those of the contract, the unknown code, or null.

    A code in another case is read as the contract writes it, and counted as such.

    Args:
        rows: with the code columns.
        columns: those columns.
        plan: the table, whose mapping may derive a code from several columns.
        tally: gets undecided and unknown codes, and those in another case.
    """
    for column in columns:
        if plan.columns[column.name].cases:
            undecided = int((rows[column.name] == UNKNOWN).sum())
            tally.undecided.update({column.name: undecided} if undecided else {})
        codes = (*column.values, *ALWAYS_ALLOWED)
        known = rows[column.name].is_in(codes)
        if not known.fill_null(True).all():
            lower = rows[column.name].str.to_lowercase()
            in_case = ~known & lower.is_in(codes)
            tally.unusual[column.name, "codes in another case"] += int(in_case.sum())
            rows = rows.with_columns(rows[column.name].zip_with(~in_case.fill_null(False), lower))
            known |= in_case
        if not known.fill_null(True).all():
            tally.add_unknown(column.name, rows[column.name].filter(~known.fill_null(True)))
            rows = rows.with_columns(
                pl.when(pl.Series(known))
                .then(pl.col(column.name))
                .otherwise(pl.when(pl.col(column.name).is_not_null()).then(pl.lit(UNKNOWN)))
            )
    return rows
