"""Sinks of the rows of a table: accepted parts, quarantine, flags and counts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from features.intake.reading.table_plan import TablePlan
from features.intake.spool import Spool
from features.intake.tally import Tally
from features.intake.values.dates import derived
from features.tables import SOURCE_COLUMNS, stored_schema, unknown_end

MISSING = "missing value"
UNREADABLE = "unreadable value"
WRONG_FIELDS = "wrong number of fields"
UNREADABLE_OPTIONAL = "unreadable_value"
REFUND_NOT_NEGATIVE = "refund_without_negative_amounts"
"""Reasons of the quarantine; `features.intake.checks.duplicates` adds two. The last two are flags."""
QUARANTINE: dict[str, pl.DataType] = {
    "table": pl.String(),
    "file": pl.String(),
    "row": pl.Int64(),
    "column": pl.String(),
    "reason": pl.String(),
}
"""Columns of quarantine.parquet: one row per row that is not used; ``column`` lists every unreadable column."""
FLAGS: dict[str, pl.DataType] = {
    "table": pl.String(),
    "source_file": pl.Int32(),
    "source_row": pl.Int64(),
    "column": pl.String(),
    "flag": pl.String(),
}
"""Columns of flags.parquet: one row per flag of an accepted row."""


def stored_columns(plan: TablePlan) -> dict[str, pl.DataType]:
    """Columns and types of the table as it is stored: those of the source, and those derived from them."""
    schema = stored_schema(plan.table)
    integers = (column.meta.output_name() for column in derived(plan.table, plan.together, frozenset()))
    ends = (unknown_end(name) for name in plan.together if plan.table.columns[name].open_end)
    stored = {*plan.together, *integers, *ends, *SOURCE_COLUMNS}
    return {name: dtype for name, dtype in schema.items() if name in stored}


UNREAD: dict[str, pl.DataType] = {"settlement_id": pl.String()}
"""Columns of unread.parquet: settlements of which a row, or a row that takes them back, is not used."""
UNREAD_FILE = "unread.parquet"
_NAMES = ("settlement_id", "reverses_settlement_id")


def unread_settlements(folder: Path) -> pl.LazyFrame:
    """Columns of `UNREAD` of a snapshot; snapshots of earlier versions do not have them."""
    path = folder / UNREAD_FILE
    return pl.scan_parquet(path) if path.exists() else pl.LazyFrame(schema=UNREAD)


@dataclass(frozen=True)
class TableSinks:
    """Sinks of one table.

    Attributes:
        accepted: accepted rows.
        quarantine, flags, unread: shared by all tables, with the columns above.
        tally: counts.
    """

    accepted: Spool
    quarantine: Spool
    flags: Spool
    unread: Spool
    tally: Tally

    def note_unread(self, rows: pl.DataFrame, table: str) -> None:
        """Note the settlements that rows that are not used are of, or take back."""
        if table == "settlements":
            for name in _NAMES:
                if name in rows.columns:
                    self.unread.add(rows.select(pl.col(name).alias(_NAMES[0])).drop_nulls())
