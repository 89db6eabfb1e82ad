"""The periods that indicators are measured over, in months of service (year * 12 + month - 1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import narwhals as nw

Kind = Literal["month", "rolling12", "before", "after", "whole"]

YEAR = 12
_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True, order=True)
class Period:
    """Some months in a row.

    Attributes:
        kind: ``month``, ``rolling12`` (twelve months), ``before`` or ``after`` the cut-over, ``whole`` (all data).
        start, end: first and last month, both inside.
    """

    kind: Kind
    start: int
    end: int

    @property
    def key(self) -> str:
        """Name in files and addresses: ``rolling12:2024-06``, by the last month."""
        return f"{self.kind}:{month_text(self.end)}"

    @property
    def months(self) -> int:
        """How many months."""
        return self.end - self.start + 1

    @property
    def last_day(self) -> dt.date:
        """Day that dated lines are taken at."""
        return first_day(self.end + 1) - dt.timedelta(days=1)


def periods(first: int, last: int, cut_over: dt.date | None) -> list[Period]:
    """Every period of the data.

    A month in the middle of which the pool began to pay is neither before nor after.

    Args:
        first: month of the first day settled.
        last: month of the last day settled.
        cut_over: first day on which the pooled fund pays ordinary outpatient care; None where nobody knows.
    """
    found = [Period("month", month, month) for month in range(first, last + 1)]
    found += [Period("rolling12", end - YEAR + 1, end) for end in range(first + YEAR - 1, last + 1)]
    found += _eras(first, last, cut_over) if cut_over else []
    return [*found, Period("whole", first, last)]


def _eras(first: int, last: int, cut_over: dt.date) -> Iterator[Period]:
    month = cut_over.year * YEAR + cut_over.month - 1
    begun = month if cut_over.day == 1 else month + 1
    if first < month:
        yield Period("before", first, min(last, month - 1))
    if begun <= last:
        yield Period("after", max(first, begun), last)


def month_text(month: int) -> str:
    """A month as ``2024-06``."""
    return f"{month // YEAR}-{month % YEAR + 1:02d}"


def first_day(month: int) -> dt.date:
    """The first day of a month."""
    return dt.date(month // YEAR, month % YEAR + 1, 1)


def day_number(day: dt.date) -> int:
    """Days since 1970-01-01."""
    return (day - _EPOCH).days


def month_of(day: nw.Expr) -> nw.Expr:
    """The month of a ``*_day`` column, in integers alone: years are counted from March, so that leap days end them."""
    since = day.cast(nw.Int64) + 719_468  # days from 0000-03-01 to 1970-01-01
    era, within = since // 146_097, since % 146_097  # days of 400 years
    year = (within - within // 1_460 + within // 36_524 - within // 146_096) // 365
    of_year = within - (365 * year + year // 4 - year // 100)
    return (era * 400 + year) * YEAR + (5 * of_year + 2) // 153 + 2
