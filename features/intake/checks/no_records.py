"""Find rows that are no records: the header once more, a row of names or units, totals and remarks of a report.

Reports have such rows, and files of months that were joined have the header of each. Read as records, they would be
people, institutions or money that do not exist.
"""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from features.intake.reading.batches import ROW
from features.intake.reading.table_plan import TablePlan

HEADER_AGAIN = "the header once more"
NAMES_OR_UNITS = "names or units, no values"
TOTAL_OR_REMARK = "a total or a remark of the report"
"""What such rows are, as they are counted among the excluded."""
KINDS = (HEADER_AGAIN, NAMES_OR_UNITS, TOTAL_OR_REMARK)
SUSPECT, UNREAD, KIND = "\0suspect", "\0unread", "\0kind"
"""Columns: whether a row is looked at, whether a day or a number of it cannot be read, and what it is."""

_TOTAL = r"(?:本[页月年])?[合总小共累]\s*计\s*(?:$|[:：（(0-9,，])"
_REMARK = r"(?:制表|打印|导出|审核|复核|填报|填表|经办)[^:：]{0,4}[:：]|(?:备注|说明|注)[:：]"
_ENGLISH = r"(?i:(?:grand |sub-?)?totals?\s*(?:$|[:(0-9]))"
_NO_RECORD = rf"^\s*(?:{_TOTAL}|{_REMARK}|{_ENGLISH})"
_ENOUGH = 2
"""Cells with the names of their columns from which on a row is a header."""


def no_records(rows: pl.DataFrame, batch: pl.DataFrame, plan: TablePlan) -> pl.DataFrame:
    """The rows that are no records: `ROW`, `KIND`.

    A record has a digit somewhere: in an id, a date or an amount. A row without any, in which a day or a number cannot
    be read or an id has other than ASCII characters, holds words alone.

    Args:
        rows: `ROW`, `SUSPECT`, `UNREAD`. Others than the suspect are records, but for names in the first row, and
            headers.
        batch: the cells of the file by `ROW`.
        plan: the table.
    """
    sources = [name for name in plan.reads() if name in batch.columns]
    if not sources:
        return rows.clear().select(ROW, pl.lit("").alias(KIND))
    is_header = batch.select((pl.col(sources[0]).cast(pl.String) == sources[0]).fill_null(value=False))
    looked_at = rows.filter(pl.col(SUSPECT) | (pl.col(ROW) == 1) | is_header.to_series())
    if looked_at.is_empty():
        return looked_at.select(ROW, pl.lit("").alias(KIND))
    cells = looked_at.select(ROW, UNREAD).join(batch, on=ROW, how="left", maintain_order="left")
    text = cells.select(ROW, UNREAD, *(pl.col(name).cast(pl.String) for name in sources))
    keys = {sources[0], *plan.ids().intersection(sources)}
    return text.select(ROW, _kind(sources, keys).alias(KIND)).drop_nulls()


def _kind(sources: Collection[str], keys: Collection[str]) -> pl.Expr:
    """What a row is; null for a record. A total or a remark stands in a key."""
    named = pl.sum_horizontal((pl.col(name) == name).fill_null(value=False) for name in sources)
    remark = pl.any_horizontal(
        pl.col(name).str.contains(_NO_RECORD).fill_null(value=False) for name in sorted(keys)
    )
    words = ~pl.concat_str(sources, ignore_nulls=True).str.contains(r"\d")
    foreign = pl.any_horizontal(pl.col(name).str.contains(r"[^\x00-\x7f]") for name in sorted(keys))
    return (
        pl.when(named >= min(_ENOUGH, len(sources)))
        .then(pl.lit(HEADER_AGAIN))
        .when(remark)
        .then(pl.lit(TOTAL_OR_REMARK))
        .when(words & (pl.col(UNREAD) | foreign.fill_null(value=False)))
        .then(pl.lit(NAMES_OR_UNITS))
    )
