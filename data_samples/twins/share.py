"""How many instances a kind of twin gets, and on which days of the month it meets."""

from __future__ import annotations

import math

import numpy as np

from data_samples.timing import weekdays

_WEEK = 7


def share(instances: int, percent: int) -> int:
    """This kind's part of the typology's instances, at least one."""
    return math.ceil(instances * percent / 100)


def second_weekday(month_start: int, weekday: int) -> int:
    """The second Monday (0), Tuesday (1), … of the month that starts on this day."""
    earliest = np.array(month_start + _WEEK)
    return int(earliest + (weekday - weekdays(earliest)) % _WEEK)
