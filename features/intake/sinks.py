"""Where rows go: the accepted parts, the quarantine, the flags and the counts; their words and columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from features.intake.spool import Spool
from features.intake.tally import Tally

MISSING = "missing value"
UNREADABLE = "unreadable value"
WRONG_FIELDS = "wrong number of fields"
UNREADABLE_OPTIONAL = "unreadable_value"
REFUND_NOT_NEGATIVE = "refund_without_negative_amounts"
"""Reasons of the quarantine, in words; `features.intake.checks.duplicates` adds two. The last two are flags."""
QUARANTINE: dict[str, pl.DataType] = {
    "table": pl.String(),
    "file": pl.String(),
    "row": pl.Int64(),
    "column": pl.String(),
    "reason": pl.String(),
}
"""Columns of quarantine.parquet: one line per row that is not used; ``column`` lists every bad column."""
FLAGS: dict[str, pl.DataType] = {
    "table": pl.String(),
    "source_file": pl.Int32(),
    "source_row": pl.Int64(),
    "column": pl.String(),
    "flag": pl.String(),
}
"""Columns of flags.parquet: one line per thing noticed about a row that is used all the same."""
Progress = Callable[[str, int, int], None]
"""Told what is being done, how many bytes (or steps) are done, and of how many."""


@dataclass(frozen=True)
class Outlets:
    """Where the rows of a table go.

    Attributes:
        accepted: its parts.
        quarantine, flags: shared by all tables, with the columns above.
        tally: its counts.
    """

    accepted: Spool
    quarantine: Spool
    flags: Spool
    tally: Tally
