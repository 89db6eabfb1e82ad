"""A table of events that stopped growing before the claims end: what came later is not on record.

Null: new rows come at the rate of the last year, on days of their own, so that a pause of ``g`` days has the chance
``exp(-rate * g)``; and keys without a row begin as often after the last row as before it. A table that is whole may end
in a quiet month, and violations are spread over time: only a pause in which keys without a row pile up is a table that
is behind.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import polars as pl

from detection.links.gaps import Span
from detection.links.keys import KeyNames
from detection.links.limits import LIMITS
from detection.links.link import Break, Part
from features.calendar import date_of


def behind(days: pl.Series, lacking: pl.Series, names: KeyNames, span: Span) -> Iterator[Break]:
    """The break of a table whose last row came too long before the last claim.

    Args:
        days: first days of its rows.
        lacking: day of the first claim of each key without a row.
        names: words for readers.
        span: of the claims.
    """
    arrived = days.drop_nulls().unique().sort()
    arrived = arrived.filter(arrived <= span.last)
    if arrived.len() < LIMITS.whole("late_least_days"):
        return
    last = int(arrived[-1])
    if not is_late(arrived, last, span) or not _piles_up(lacking, last, span):
        return
    day = date_of(last)
    yield Break(
        f"{names.link} behind {last}",
        (
            f"{names.table}: the last row is of {day}, after which {{n}} rows lie: the table is behind",
            f"{names.table_zh}：最后一条为 {day}，其后有 {{n}} 行：该表滞后",
        ),
        Part(names.role, None, last + 1, None),
    )


def is_late(arrived: pl.Series, last: int, span: Span) -> bool:
    """Whether the pause after the last day with a new row is too long for their rate.

    Args:
        arrived: days with a new row, sorted.
        last: of them.
        span: of the claims.
    """
    window = LIMITS.whole("late_window_days")
    rate = (arrived > last - window).sum() / min(window, last - int(arrived[0]) + 1)
    return math.exp(-rate * (span.last - last)) < LIMITS.number("late_chance")


def _piles_up(lacking: pl.Series, last: int, span: Span) -> bool:
    """Whether keys without a row begin much more often after the last row than before it."""
    begun = lacking.drop_nulls()
    after, before = int((begun > last).sum()), int((begun <= last).sum())
    expected = before * (span.last - last) / max(last - span.first + 1, 1)
    return after >= LIMITS.whole("late_least_keys") and after >= expected * LIMITS.number("late_times")
