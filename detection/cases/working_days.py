"""Working days: which days they are, and when a clock of so many of them ends."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from features.dated import TomlModel

_DAY = dt.timedelta(days=1)
_SATURDAY = 5


class YearEntry(TomlModel):
    """One year of holidays.toml: its source, spans of days off (first and last day), and working weekends."""

    year: int
    source: str
    off: list[list[dt.date]]
    working: list[dt.date]


class HolidaysFile(TomlModel):
    """The content of holidays.toml."""

    year: list[YearEntry]


@dataclass(frozen=True)
class Due:
    """When a clock ends.

    Attributes:
        day: its last day.
        unknown_years: years on the way whose holidays are not known; their weekdays counted as working days.
    """

    day: dt.date
    unknown_years: tuple[int, ...] = ()


@dataclass(frozen=True)
class Calendar:
    """Days off and working weekends of the years whose notice is known."""

    years: frozenset[int]
    off: frozenset[dt.date]
    working: frozenset[dt.date]

    def is_working(self, day: dt.date) -> bool:
        """Whether offices work on a day; by the weekday alone in a year that is not known."""
        return day in self.working or (day.weekday() < _SATURDAY and day not in self.off)

    def due(self, day: dt.date, working_days: int) -> Due:
        """The last day of a clock: the so many-th working day after ``day``, which itself does not count."""
        last, left = day, working_days
        while left > 0:
            last += _DAY
            left -= self.is_working(last)
        return Due(last, self.unknown(day, last))

    def between(self, day: dt.date, last: dt.date) -> int:
        """Working days after ``day`` until ``last``; below zero where ``last`` lies before it."""
        if last < day:
            return -self.between(last, day)
        return sum(self.is_working(day + _DAY * count) for count in range(1, (last - day).days + 1))

    def unknown(self, day: dt.date, last: dt.date) -> tuple[int, ...]:
        """The years from ``day`` to ``last`` whose holidays are not known."""
        return tuple(year for year in range(day.year, last.year + 1) if year not in self.years)


@cache
def calendar() -> Calendar:
    """Read holidays.toml.

    Raises:
        ValidationError: an entry is missing, unknown or of a wrong type.
    """
    text = Path(__file__).with_name("holidays.toml").read_text(encoding="utf-8")
    years = HolidaysFile.model_validate(tomllib.loads(text)).year
    return Calendar(
        frozenset(entry.year for entry in years),
        frozenset(day for entry in years for first, last in entry.off for day in _span(first, last)),
        frozenset(day for entry in years for day in entry.working),
    )


def _span(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + _DAY * count for count in range((last - first).days + 1)]
