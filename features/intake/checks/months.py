"""Months of the claims of which a table of events has no row, and rows of months that come after the claims.

A month that is missing, or that was written under another, looks like a month in which nothing happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from features.calendar import MONTHS_PER_YEAR
from features.intake.checks.plausible_days import plausible_days
from features.intake.tolerances import Tolerances

SETTLED = "settled_at"
_EVENTS: Mapping[str, str] = {
    "settlements": SETTLED,
    "account_entries": "posted_at",
    "contributions": "accrual_month",
    "drug_trace_scans": "scanned_at",
}
"""Column with the day of a row."""
_OF_MONTHS = ("contributions",)


@dataclass(frozen=True)
class MonthGap:
    """How the months of a table differ from those of the claims.

    Attributes:
        table, column: the table, and the column of its days.
        lacking: months (year * 12 + month - 1) of the claims without a row, in order.
        after: rows of months after the last of the claims.
    """

    table: str
    column: str
    lacking: tuple[int, ...]
    after: int


def month_gaps(frames: Mapping[str, pl.LazyFrame], allowed: Tolerances) -> Iterator[MonthGap]:
    """The tables of events whose months are not those of the claims, in the contract's order.

    Args:
        frames: accepted rows by table.
        allowed: tolerances of the days of settlements, so that a wrong year makes no month.
    """
    days = plausible_days(frames["settlements"], allowed)
    if days is None:
        return
    claims = _months("settlements", frames["settlements"].filter(days.within))
    first, last = min(claims), max(claims)
    for table, column in _EVENTS.items():
        if table not in frames or not _has_days(table, column, frames[table]):
            continue
        own = claims if table == "settlements" else _months(table, frames[table])
        if own:
            lacking = tuple(month for month in range(first, last + 1) if month not in own)
            after = sum(rows for month, rows in own.items() if month > last)
            if lacking or after:
                yield MonthGap(table, column, lacking, after)


def _has_days(table: str, column: str, frame: pl.LazyFrame) -> bool:
    return (f"{column}_index" if table in _OF_MONTHS else column) in frame.collect_schema()


def _months(table: str, frame: pl.LazyFrame) -> dict[int, int]:
    """Rows by month."""
    if table in _OF_MONTHS:
        month = pl.col(f"{_EVENTS[table]}_index").cast(pl.Int64)
    else:
        day = pl.col(_EVENTS[table])
        month = day.dt.year().cast(pl.Int64) * MONTHS_PER_YEAR + day.dt.month().cast(pl.Int64) - 1
    counted = frame.select(month=month).drop_nulls().group_by("month").len().collect(engine="streaming")
    return dict(counted.sort("month").iter_rows())
