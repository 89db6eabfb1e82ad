"""When people come: seasons, weekdays and hours."""

from __future__ import annotations

import numpy as np

from data_samples.magnitudes import Magnitudes
from data_samples.period import DAY, Floats, Ints, Period

_HOURS_A_DAY = 24
_SECONDS_AN_HOUR = 3600
# 1970-01-01 was a Thursday: Monday is 0.
_FIRST_WEEKDAY = 3


def weekdays(day: Ints) -> Ints:
    """Day of the week, Monday 0."""
    return (day + _FIRST_WEEKDAY) % 7


def day_weights(period: Period, sizes: Magnitudes, profile: str) -> Floats:
    """Relative weight of every day of the period.

    Args:
        period: the months of the city.
        sizes: `magnitudes.toml`.
        profile: `pharmacy` or `other`.
    """
    days = np.arange(period.first_day, period.last_day + 1)
    month = np.array(sizes["month_weights"]["values"])[period.calendar_months()]
    week = np.array(sizes["weekday_weights"][profile])[weekdays(days)]
    weights: Floats = month * week
    return weights


def draw_days(rng: np.random.Generator, count: int, first_day: int, weights: Floats) -> Ints:
    """`count` days drawn by weight."""
    edges = np.cumsum(weights)
    days: Ints = first_day + np.searchsorted(edges, rng.random(count) * edges[-1], side="right")
    return days


def draw_seconds(rng: np.random.Generator, count: int, sizes: Magnitudes, profile: str) -> Ints:
    """Seconds after midnight, by the hours of `pharmacy`, `other` or `emergency`."""
    edges = np.cumsum(np.array(sizes["hour_weights"][profile], dtype=float))
    hour = np.searchsorted(edges, rng.random(count) * edges[-1], side="right")
    start: Ints = np.minimum(hour, _HOURS_A_DAY - 1) * _SECONDS_AN_HOUR
    return start + rng.integers(0, _SECONDS_AN_HOUR, count)


def moments(rng: np.random.Generator, day: Ints, sizes: Magnitudes, profile: str) -> Ints:
    """Times (seconds since 1970-01-01) on the given days."""
    return day * DAY + draw_seconds(rng, len(day), sizes, profile)
