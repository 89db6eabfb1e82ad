"""The days of a random world."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from features.calendar import day_number

FIRST = dt.date(2024, 1, 1)
FIRST_DAY = day_number(FIRST)
"""Where a world begins that is not asked to begin elsewhere."""


@dataclass(frozen=True)
class Period:
    """So many days from a first one, counted from 0."""

    first: dt.date
    days: int

    def day(self, number: int) -> dt.date:
        return self.first + dt.timedelta(days=number)

    def at(self, number: int, minute: int) -> dt.datetime:
        """A minute of a day, counted from midnight."""
        return dt.datetime.combine(self.day(number), dt.time(minute // 60, minute % 60))
