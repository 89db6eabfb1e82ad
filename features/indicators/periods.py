"""The periods that indicators are measured over, in month indexes (`features.calendar`).

Several periods are counted by one query: a table of them is joined with what is counted, and its column ``period`` says
to which of them a row belongs (Int32, the place of the period in the sequence).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import narwhals.stable.v2 as nw
import polars as pl

from features.calendar import MONTHS_PER_YEAR, first_date, last_date, month_index, month_text
from features.registry import Frame

Kind = Literal["month", "rolling12", "before", "after", "whole"]
"""Kinds that a run measures."""


@dataclass(frozen=True, order=True)
class Period:
    """Consecutive months.

    Attributes:
        kind: ``month``, ``rolling12`` (twelve months), ``before`` or ``after`` the cut-over, ``whole`` (all data), or
            ``year`` (from January to a month, measured when it is needed).
        start, end: first and last month index, both inside.
    """

    kind: Kind | Literal["year"]
    start: int
    end: int

    @property
    def key(self) -> str:
        """Name in files and addresses: ``rolling12:2024-06``, by the last month."""
        return f"{self.kind}:{month_text(self.end)}"

    @property
    def months(self) -> int:
        """Number of months."""
        return self.end - self.start + 1

    @property
    def last_day(self) -> dt.date:
        """Last day, whose thresholds and limits are in force."""
        return last_date(self.end)

    @property
    def first_day(self) -> dt.date:
        """First day."""
        return first_date(self.start)


def periods(first: int, last: int, cut_over: dt.date | None) -> list[Period]:
    """Every period of the data.

    A month in the middle of which the pool began to pay is neither before nor after.

    Args:
        first: month of the first day settled.
        last: month of the last day settled.
        cut_over: first day on which the pooled fund pays ordinary outpatient care; None where unknown.
    """
    all_periods = [Period("month", month, month) for month in range(first, last + 1)]
    all_periods += [
        Period("rolling12", end - MONTHS_PER_YEAR + 1, end)
        for end in range(first + MONTHS_PER_YEAR - 1, last + 1)
    ]
    all_periods += _eras(first, last, cut_over) if cut_over else []
    return [*all_periods, Period("whole", first, last)]


def year_to(end: int, first: int) -> Period:
    """The months of a year up to one of them, as far as the data go back.

    Args:
        end: the last month.
        first: first month of the data.
    """
    return Period("year", max(first, end // MONTHS_PER_YEAR * MONTHS_PER_YEAR), end)


def _first(period: Period) -> int:
    return period.start


def spans(counted: Sequence[Period], since: Callable[[Period], int] = _first) -> Frame:
    """A row for each period: period, start, end (months, both inside).

    Args:
        counted: the periods.
        since: the month to begin with, where it is not the period's first.
    """
    rows = [(number, since(period), period.end) for number, period in enumerate(counted)]
    return _table(rows, ("period", "start", "end"))


def months_of(counted: Sequence[Period], since: Callable[[Period], int] = _first) -> Frame:
    """A row for each period and month of it: period, month; the arguments are those of `spans`."""
    rows = [
        (number, month)
        for number, period in enumerate(counted)
        for month in range(since(period), period.end + 1)
    ]
    return _table(rows, ("period", "month"))


def _table(rows: Sequence[tuple[int, ...]], names: tuple[str, ...]) -> Frame:
    return nw.from_native(pl.LazyFrame(rows, schema=dict.fromkeys(names, pl.Int32), orient="row"))


def _eras(first: int, last: int, cut_over: dt.date) -> Iterator[Period]:
    month = month_index(cut_over)
    begun = month if cut_over.day == 1 else month + 1
    if first < month:
        yield Period("before", first, min(last, month - 1))
    if begun <= last:
        yield Period("after", max(first, begun), last)
