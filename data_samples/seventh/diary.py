"""When things happen: weeks that are busy or dead, a person's renewals, sessions at a counter, hours of the day."""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY, MINUTE, Ints
from data_samples.scenes import Stage, second
from data_samples.seventh.measure import between_any, how_many
from data_samples.third.pace import Span, stretch
from data_samples.timing import weekdays

_DEAD_WEEKS = 0.2
_HOURS = {
    "shop": ((9.4, 1.1, 0.3), (12.3, 0.7, 0.15), (17.0, 1.3, 0.3), (19.7, 0.8, 0.25)),
    "desk": ((8.7, 0.6, 0.4), (10.3, 0.7, 0.3), (14.7, 0.9, 0.25), (16.6, 0.4, 0.05)),
    "evening": ((18.6, 0.5, 0.5), (20.3, 0.7, 0.5)),
}
"""Middle, spread and share of the peaks of a day."""
_OPENS, _CLOSES, _NIGHT = 7.2, 21.9, 23.7


def campaign(
    city: Stage,
    rng: np.random.Generator,
    strength: int,
    low: float,
    high: float,
    first_day: int | None = None,
) -> Span:
    """A stretch of the period of so many days by strength."""
    return stretch(city, rng, how_many(rng, strength, low, high), first_day)


def busy_days(rng: np.random.Generator, span: Span, count: int) -> Ints:
    """So many days in order, a day more than once: weeks are busy or dead, and some weekdays are preferred."""
    days = np.arange(span[0], span[1] + 1)
    week = (days - span[0]) // 7
    weight = rng.gamma(1.2, 1.0, int(week[-1]) + 1)[week]
    weight = weight * np.where(rng.random(int(week[-1]) + 1) < _DEAD_WEEKS, 0.02, 1.0)[week]
    weight = (weight + 1e-6) * rng.dirichlet(np.full(7, 2.0))[weekdays(days)] + 1e-9
    chosen: Ints = np.sort(rng.choice(days, count, p=weight / weight.sum())).astype(np.int64)
    return chosen


def renewals(rng: np.random.Generator, span: Span, gap: float) -> Ints:
    """Different days of a person, about so far apart: punctual or not, now and then a turn is left out."""
    room = span[1] - span[0] + 1
    count = int(2 * room / gap) + 6
    gaps = gap * np.exp(between_any(rng, 0.05, 0.6) * rng.standard_normal(count))
    gaps = gaps * np.where(rng.random(count) < rng.uniform(0.0, 0.25), 2.0, 1.0)
    place = rng.uniform(0, min(gap, room)) + np.r_[0.0, np.cumsum(np.maximum(gaps, 1.0))]
    chosen: Ints = np.unique(span[0] + np.floor(place[place < room]).astype(np.int64))
    return chosen


def turns(rng: np.random.Generator, count: int, span: Span, gap: float) -> tuple[Ints, Ints]:
    """Who of so many people comes on which day, in order of the days; people join late and leave early.

    Returns:
        Numbers from 0 to count - 1, each at least once, and days.
    """
    room = span[1] - span[0]
    numbers: list[Ints] = []
    every: list[Ints] = []
    for number in range(count):
        edges = np.sort(rng.beta(0.7, 0.7, 2))
        first = span[0] + int(0.5 * room * edges[0])
        last = max(first, span[1] - int(0.5 * room * (1 - edges[1])))
        days = renewals(rng, (first, last), gap * between_any(rng, 0.7, 1.6))
        numbers.append(np.full(len(days), number, dtype=np.int64))
        every.append(days)
    who, day = np.concatenate(numbers), np.concatenate(every)
    order = np.lexsort((rng.random(len(day)), day))
    return who[order], day[order]


def sessions(rng: np.random.Generator, days: Ints, starts: tuple[float, float], minutes: float) -> Ints:
    """Times on days that are in order: those of one day follow each other at a counter, so many minutes apart."""
    at = np.zeros(len(days), dtype=np.int64)
    for day in np.unique(days).tolist():
        rows = np.flatnonzero(days == day)
        start = second(float(rng.uniform(*starts)))
        steps = np.maximum(minutes * MINUTE * rng.weibull(1.3, len(rows)), 8)
        room = second(_NIGHT) - start
        at[rows] = (
            day * DAY + start + np.floor(np.cumsum(steps) * min(1.0, room / steps.sum())).astype(np.int64)
        )
    return at


def hours(rng: np.random.Generator, days: Ints, kind: str = "shop") -> Ints:
    """Times on the days, by the peaks of a `shop`, a `desk` or an `evening`."""
    peaks = np.array(_HOURS[kind])
    peak = rng.choice(len(peaks), len(days), p=peaks[:, 2])
    hour = np.clip(peaks[peak, 0] + peaks[peak, 1] * rng.standard_normal(len(days)), _OPENS, _CLOSES)
    at: Ints = days * DAY + np.floor(hour * 3_600).astype(np.int64) + rng.integers(0, 60, len(days))
    return at


def minutes_after(rng: np.random.Generator, at: Ints, low: float, high: float) -> Ints:
    """Times so many minutes after these, any wait between the two as likely."""
    later: Ints = at + np.floor(rng.uniform(low, high, len(at)) * MINUTE).astype(np.int64)
    return later
