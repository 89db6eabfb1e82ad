"""The months that the simulated city lives through."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from features.calendar import day_number

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

DAY = 86_400
"""Seconds of a day."""
MINUTE = 60
NEVER = 99_999
"""A day after every period: stands for an open end."""


@dataclass(frozen=True)
class Period:
    """Whole months, as days since 1970-01-01.

    Attributes:
        first_day: first day of the first month.
        last_day: last day of the last month.
        month_starts: the first day of every month.
    """

    first_day: int
    last_day: int
    month_starts: Ints

    @property
    def days(self) -> int:
        """Number of days."""
        return self.last_day - self.first_day + 1

    @property
    def months(self) -> int:
        """Number of months."""
        return len(self.month_starts)

    def calendar_months(self) -> Ints:
        """Month of the year (0 = January) of every day of the period."""
        days = np.arange(self.first_day, self.last_day + 1)
        return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12


def period_ending(last_day: dt.date, months: int) -> Period:
    """The `months` whole months that end with the month of `last_day`."""
    last_index = last_day.year * 12 + last_day.month - 1
    indices = range(last_index - months + 1, last_index + 1)
    starts = [day_number(dt.date(index // 12, index % 12 + 1, 1)) for index in indices]
    end = last_day.replace(day=calendar.monthrange(last_day.year, last_day.month)[1])
    return Period(starts[0], day_number(end), np.array(starts, dtype=np.int64))
