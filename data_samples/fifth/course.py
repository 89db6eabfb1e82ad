"""The course of an act: days on which it goes on and rests, how it grows or fades, and hours of the day."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import wide
from data_samples.fourth.rhythm import phase
from data_samples.period import DAY, Ints
from data_samples.scenes import Stage, second
from data_samples.third.dice import chance
from data_samples.third.pace import Span, queue, usual
from data_samples.timing import weekdays

_RESTS = 0.6
_OPENS, _CLOSES = 7.5, 21.4


def spells(rng: np.random.Generator, span: Span) -> Ints:
    """Days in order on which it goes on: spells and pauses of any length, often without one day of the week."""
    day = span[0]
    days: list[int] = []
    going_on, pausing = wide(rng, 2, 40), wide(rng, 1, 25)
    while day <= span[1]:
        end = min(day + _length(rng, going_on) - 1, span[1])
        days.extend(range(day, end + 1))
        day = end + 1 + _length(rng, pausing)
    every = np.array(days, dtype=np.int64)
    rest = int(rng.integers(7)) if chance(rng, _RESTS) else -1
    kept: Ints = every[weekdays(every) != rest]
    return kept if len(kept) else every[:1]


def _length(rng: np.random.Generator, mean: float) -> int:
    return max(1, round(mean * float(rng.gamma(0.9))))


def grown(rng: np.random.Generator, days: Ints, count: int) -> Ints:
    """So many picks of the days, in order: more and more, fewer and fewer, or in waves; a day comes more than once."""
    place = np.linspace(0.0, 1.0, len(days))
    tide = rng.uniform(0, 1) * np.sin(2 * np.pi * (place * rng.uniform(0.5, 3.0) + rng.random()))
    weight = np.exp(rng.normal(0, 1.3) * place + tide) * rng.gamma(wide(rng, 0.6, 5.0), 1.0, len(days))
    weight += 1e-9
    picks: Ints = days[np.sort(rng.choice(len(days), count, p=weight / weight.sum()))]
    return picks


def business(
    city: Stage,
    rng: np.random.Generator,
    strength: int,
    length: tuple[float, float],
    count: int,
    first_day: int | None = None,
) -> Ints:
    """So many days in order, within a stretch of so many days by strength, as it goes on, rests and grows."""
    return grown(rng, spells(rng, phase(city, rng, strength, *length, first_day)), count)


def around(rng: np.random.Generator, days: Ints, hour: float, spread: float) -> Ints:
    """Times around an hour of each day, so many hours apart from it on average, while shops are open."""
    hours = np.clip(hour + spread * rng.standard_normal(len(days)), _OPENS, _CLOSES)
    at: Ints = days * DAY + np.round(hours * 3600).astype(np.int64) + rng.integers(0, 240, len(days))
    return at


def in_a_row(
    rng: np.random.Generator, days: Ints, hours: tuple[float, float], minutes: float, sigma: float = 0.8
) -> Ints:
    """Times on days that are in order: those of a day follow each other, about so many minutes apart."""
    at = np.empty(len(days), dtype=np.int64)
    for day in np.unique(days).tolist():
        rows = np.flatnonzero(days == day)
        start = day * DAY + int(rng.integers(second(hours[0]), second(hours[1])))
        at[rows] = queue(rng, start, len(rows), minutes, sigma)
    return at


def when_open(city: Stage, rng: np.random.Generator, at: Ints) -> Ints:
    """The times; those at night move to usual hours of the morning after. None lies behind the period."""
    hour = at % DAY / 3_600
    closed = (hour < _OPENS) | (hour > _CLOSES)
    moved = np.where(closed, usual(city, rng, at // DAY + (hour > 12)), at)
    late = moved >= (city.period.last_day + 1) * DAY
    latest = city.period.last_day * DAY + second(_CLOSES) + rng.integers(0, 900, len(at))
    kept: Ints = np.where(late, latest, moved)
    return kept
