"""How many instances and people a kind of twin gets, and on which days of the month it meets."""

from __future__ import annotations

import math

import numpy as np

from data_samples.scenes import Stage
from data_samples.timing import weekdays

_LARGE_CITY = 5_000
_WEEK = 7


def share(instances: int, percent: int) -> int:
    """This kind's part of the typology's instances, at least one."""
    return math.ceil(instances * percent / 100)


def crowd(city: Stage, rng: np.random.Generator, least: int, most: int) -> int:
    """A number of people from `least` to `most`; near the least in a small city, which has not many to spare."""
    upper = most if city.people.insured > _LARGE_CITY else least + (most - least) // 4
    return int(rng.integers(least, upper + 1))


def second_weekday(month_start: int, weekday: int) -> int:
    """The second Monday (0), Tuesday (1), … of the month that starts on this day."""
    earliest = np.array(month_start + _WEEK)
    return int(earliest + (weekday - weekdays(earliest)) % _WEEK)
