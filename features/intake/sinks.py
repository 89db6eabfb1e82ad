"""Sinks of the rows of a table: accepted parts, quarantine, flags and counts."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from features.intake.spool import Spool
from features.intake.tally import Tally

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


@dataclass(frozen=True)
class TableSinks:
    """Sinks of one table.

    Attributes:
        accepted: accepted rows.
        quarantine, flags: shared by all tables, with the columns above.
        tally: counts.
    """

    accepted: Spool
    quarantine: Spool
    flags: Spool
    tally: Tally
