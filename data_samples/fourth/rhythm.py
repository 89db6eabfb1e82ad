"""When things happen: bursts with silence between them, habits, and days on which an office is open."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, wide
from data_samples.period import MINUTE, Ints
from data_samples.scenes import Stage
from data_samples.third.pace import Span, stretch
from data_samples.timing import weekdays

_FRIDAY = 4


def phase(
    city: Stage,
    rng: np.random.Generator,
    strength: int,
    low: float,
    high: float,
    first_day: int | None = None,
) -> Span:
    """A stretch of the period, of so many days by strength."""
    return stretch(city, rng, number(rng, strength, low, high), first_day)


def bursts(rng: np.random.Generator, span: Span, count: int) -> Ints:
    """So many days in order, a day more than once: clusters of any size and width, and some days by themselves."""
    centers = rng.uniform(span[0], span[1] + 1, max(1, round(count / wide(rng, 1.2, 7.0))))
    width = wide(rng, 0.4, 12.0)
    near = rng.choice(centers, count) + width * rng.standard_normal(count)
    alone = rng.random(count) < rng.uniform(0.05, 0.5)
    day = np.where(alone, rng.uniform(span[0], span[1] + 1, count), near)
    # What falls outside comes back from the other end, so that no edge collects days.
    room = span[1] - span[0] + 1
    days: Ints = np.sort(span[0] + np.floor(day - span[0]).astype(np.int64) % room)
    return days


def habit(rng: np.random.Generator, span: Span, gap: float) -> Ints:
    """Different days about so far apart: some people are punctual, others are not."""
    shape = wide(rng, 1.5, 45.0)
    count = max(2, round(1.3 * (span[1] - span[0] + 1) / gap) + 4)
    gaps = rng.gamma(shape, gap / shape, count)
    days = span[0] + np.floor(np.cumsum(gaps) - gaps[0] * rng.random()).astype(np.int64)
    inside = np.unique(days[days <= span[1]])
    result: Ints = inside if len(inside) else np.array([span[0]], dtype=np.int64)
    return result


def on_workdays(days: Ints) -> Ints:
    """The days, those of a weekend moved to the Friday before."""
    moved: Ints = days - np.maximum(weekdays(days) - _FRIDAY, 0)
    return moved


def after(rng: np.random.Generator, at: Ints, low: float, high: float) -> Ints:
    """Times between so many minutes after these, short waits as likely as long ones on a logarithmic scale."""
    minutes = np.exp(rng.uniform(np.log(low), np.log(high), len(at)))
    later: Ints = at + np.maximum(minutes * MINUTE, 5).astype(np.int64)
    return later
