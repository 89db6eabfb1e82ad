"""When an act goes on: stretches, days that call for more days, people's own rounds, and lines at a desk."""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY, MINUTE, Ints
from data_samples.scenes import Stage, second
from data_samples.sixth.sizes import any_of, whole
from data_samples.third.pace import Span, stretch
from data_samples.timing import weekdays

_ABSENT = (0.0, 0.25)
_OWN_PACE = 0.25
_LATEST = 23.8
_MORNING, _AFTERNOON = 9.6, 16.4


def season(
    city: Stage,
    rng: np.random.Generator,
    strength: int,
    low: float,
    high: float,
    first_day: int | None = None,
) -> Span:
    """A stretch of the period of so many days by strength."""
    return stretch(city, rng, whole(rng, strength, low, high), first_day)


def flow(rng: np.random.Generator, span: Span, count: int) -> Ints:
    """So many days in order, a day more than once: a day starts anew, or follows an earlier one after some days."""
    room = span[1] - span[0] + 1
    follows, pace = rng.uniform(0.1, 0.8), any_of(rng, 1.0, 9.0)
    place = rng.uniform(0, room, count)
    for number in np.flatnonzero(rng.random(count) < follows).tolist():
        if number:
            place[number] = place[int(rng.integers(number))] + pace * rng.pareto(2.0)
    days: Ints = np.sort(span[0] + np.floor(place).astype(np.int64) % room)
    return days


def own_round(rng: np.random.Generator, span: Span, gap: float) -> Ints:
    """Different days of a person about so far apart; the pace drifts, and turns are missed."""
    count = int(1.5 * (span[1] - span[0] + 1) / gap) + 5
    drift = np.exp(rng.normal(0, 0.25) * np.linspace(-0.5, 0.5, count))
    shape = any_of(rng, 2.0, 60.0)
    days = span[0] + np.floor(
        gap * rng.random() + np.cumsum(gap * drift * rng.gamma(shape, 1 / shape, count))
    )
    days = days[(days <= span[1]) & (rng.random(count) >= rng.uniform(*_ABSENT))].astype(np.int64)
    chosen: Ints = np.unique(days) if len(days) else np.array([rng.integers(span[0], span[1] + 1)])
    return chosen


def rounds(rng: np.random.Generator, count: int, span: Span, gap: float) -> tuple[Ints, Ints]:
    """Who of so many people comes on which day, in order of the days: each at an own pace, joining and leaving.

    Returns:
        Numbers from 0 to count - 1, and days.
    """
    room = span[1] - span[0]
    turns: list[Ints] = []
    numbers: list[Ints] = []
    for number in range(count):
        first = span[0] + int(room * rng.beta(0.6, 2.5))
        last = span[1] - int((span[1] - first) * rng.beta(0.5, 3.0))
        days = own_round(rng, (first, last), gap * float(np.exp(_OWN_PACE * rng.standard_normal())))
        turns.append(days)
        numbers.append(np.full(len(days), number))
    day, number_of = np.concatenate(turns), np.concatenate(numbers)
    order = np.lexsort((rng.random(len(day)), day))
    return number_of[order].astype(np.int64), day[order].astype(np.int64)


def on_the(days: Ints, weekday: int) -> Ints:
    """The days, each moved back to this day of the week (Monday 0)."""
    moved: Ints = days - (weekdays(days) - weekday) % 7
    return moved


def at_desk(rng: np.random.Generator, days: Ints, evening: float = 0.15) -> Ints:
    """Times on these days: mornings and afternoons, and a share of evenings."""
    kind = rng.random(len(days))
    middle = np.where(kind < evening, 19.3, np.where(kind < 0.62, _MORNING, _AFTERNOON))
    hours = np.clip(middle + 1.1 * rng.standard_normal(len(days)), 7.1, 21.6)
    at: Ints = days * DAY + np.round(hours * 3_600).astype(np.int64) + rng.integers(0, 200, len(days))
    return at


def in_line(rng: np.random.Generator, days: Ints, opens: tuple[float, float], minutes: float) -> Ints:
    """Times on days that are in order: those of a day follow each other from an hour on, so many minutes apart."""
    at = np.empty(len(days), dtype=np.int64)
    for day in np.unique(days).tolist():
        rows = np.flatnonzero(days == day)
        start = second(float(rng.uniform(*opens)))
        gaps = np.maximum(minutes * MINUTE * rng.gamma(0.9, 1 / 0.9, len(rows)), 6)
        squeeze = min(1.0, (second(_LATEST) - start) / gaps.sum())
        at[rows] = day * DAY + start + np.floor(np.cumsum(gaps) * squeeze).astype(np.int64)
    return at
