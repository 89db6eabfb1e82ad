"""Days and hours: stretches with pauses, irregular gaps, mornings at a counter."""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY, MINUTE, Ints
from data_samples.scenes import Stage, second
from data_samples.timing import moments, weekdays

Span = tuple[int, int]
"""First and last day."""
_SCANNED_MONTHS = 9
_GAP_SPREAD = 0.9
_CLOSES = 21.5


def since_reform(city: Stage) -> int:
    """First day of the period on which mutual aid is in force."""
    return max(city.period.first_day, city.policy_start)


def since_scans(city: Stage) -> int:
    """First day on which packs are scanned."""
    months = min(_SCANNED_MONTHS, city.sizes["traces"]["months"], city.period.months)
    return int(city.period.month_starts[-months])


def stretch(city: Stage, rng: np.random.Generator, days: int, first_day: int | None = None) -> Span:
    """A stretch of so many days from `first_day` on, shorter where the period is; the last night lies within it."""
    begin = city.period.first_day if first_day is None else max(first_day, city.period.first_day)
    end = city.period.last_day - 1
    latest = end - days + 1
    first = int(rng.integers(begin, latest + 1)) if latest > begin else begin
    return first, min(first + days - 1, end)


def outings(rng: np.random.Generator, span: Span, count: int, pauses: float = 0.15) -> Ints:
    """Up to so many different days of a stretch: gaps are log-normal, and some of them are long pauses."""
    room = span[1] - span[0] + 1
    count = min(count, room)
    gaps = np.exp(_GAP_SPREAD * rng.standard_normal(count + 1))
    gaps *= np.where(rng.random(count + 1) < pauses, rng.uniform(3, 8, count + 1), 1.0)
    place = np.cumsum(gaps)[:-1] / gaps.sum()
    days = np.unique(span[0] + np.floor(place * room).astype(np.int64))
    missing = count - len(days)
    if missing > 0:
        free = np.setdiff1d(np.arange(span[0], span[1] + 1), days)
        days = np.r_[days, rng.choice(free, missing, replace=False)]
    result: Ints = np.sort(days).astype(np.int64)
    return result


def about_every(rng: np.random.Generator, span: Span, days: float, wobble: float = 0.12) -> Ints:
    """Days about so many days apart, as somebody comes who is running out of medicine."""
    count = max(1, round((span[1] - span[0] + 1) / days))
    gaps = days * np.exp(wobble * rng.standard_normal(count))
    start = span[0] + rng.uniform(0, min(days, span[1] - span[0] + 1))
    every = np.floor(start + np.r_[0, np.cumsum(gaps[:-1])]).astype(np.int64)
    result: Ints = np.unique(np.minimum(every, span[1]))
    return result


def usual(city: Stage, rng: np.random.Generator, days: Ints | int, profile: str = "pharmacy") -> Ints:
    """Usual hours of a `pharmacy`, an `emergency` or any `other` provider on these days, in seconds."""
    return moments(rng, np.atleast_1d(np.asarray(days, dtype=np.int64)), city.sizes, profile)


def between(rng: np.random.Generator, days: Ints | int, opens: float, closes: float) -> Ints:
    """A time between these hours on each day, in seconds; `closes` may lie after midnight (25: one o'clock)."""
    day = np.atleast_1d(np.asarray(days, dtype=np.int64))
    at: Ints = day * DAY + rng.integers(second(opens), second(closes), len(day))
    return at


def queue(rng: np.random.Generator, start: int, count: int, minutes: float, sigma: float = 0.8) -> Ints:
    """Times of a queue at a counter: log-normal gaps around so many minutes, quicker where the day is too short."""
    gaps = np.maximum(minutes * MINUTE * np.exp(sigma * rng.standard_normal(count)), 7)
    room = start // DAY * DAY + second(_CLOSES) - start
    at: Ints = start + np.floor(np.cumsum(gaps) * min(1.0, room / gaps.sum())).astype(np.int64)
    return at


def on_weekdays(days: Ints, *which: int) -> Ints:
    """The days that fall on these weekdays (Monday 0)."""
    chosen: Ints = days[np.isin(weekdays(days), which)]
    return chosen


def every_day(span: Span) -> Ints:
    """All days of a stretch."""
    return np.arange(span[0], span[1] + 1, dtype=np.int64)


def thin_span(rng: np.random.Generator, span: Span, share: float) -> Span:
    """A part of a stretch, about so large, somewhere within it."""
    room = span[1] - span[0] + 1
    length = int(np.clip(round(room * share * rng.uniform(0.8, 1.2)), 1, room))
    first = span[0] + int(rng.integers(0, room - length + 1))
    return first, first + length - 1
