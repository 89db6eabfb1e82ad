"""When each clock of a thing ends, from its history: pauses move the end by the working days that they took."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from detection.cases.life_cycle import Clock, LifeCycle
from detection.cases.working_days import Calendar


@dataclass(frozen=True)
class Entered:
    """A state that was entered on a day, by a move."""

    state: str
    day: dt.date
    move: str = ""


@dataclass(frozen=True)
class Deadline:
    """The end of a running clock.

    Attributes:
        clock: its name.
        day: its last day.
        left: working days from today to it; below zero when it is over.
        paused: whether it stands still now; ``day`` then moves with each day.
        unknown_years: years on the way whose holidays are not known.
    """

    clock: str
    day: dt.date
    left: int
    paused: bool
    unknown_years: tuple[int, ...]


def deadlines(
    cycle: LifeCycle, history: Sequence[Entered], calendar: Calendar, today: dt.date
) -> tuple[Deadline, ...]:
    """The clocks that run in the last state of a history, the first to end first."""
    if not history:
        return ()
    running = cycle.state[history[-1].state].clocks
    ends = [_deadline(cycle, name, history, calendar, today) for name in running]
    return tuple(sorted(ends, key=lambda deadline: (deadline.day, deadline.clock)))


def _deadline(
    cycle: LifeCycle, name: str, history: Sequence[Entered], calendar: Calendar, today: dt.date
) -> Deadline:
    run = _since_start(cycle, name, history)
    clock = cycle.clock[name]
    extensions = sum(cycle.move[entry.move].extends == name for entry in run if entry.move in cycle.move)
    paused = _paused(cycle, run, calendar, today, clock)
    last = _end(clock, run[0].day, clock.days + extensions * clock.extension + paused, calendar)
    return Deadline(
        name,
        last,
        calendar.between(today, last),
        cycle.state[run[-1].state].pauses,
        calendar.unknown(run[0].day, last) if clock.unit == "working_days" else (),
    )


def _since_start(cycle: LifeCycle, name: str, history: Sequence[Entered]) -> Sequence[Entered]:
    """The part of a history in which a clock ran without a break, up to the last entry."""
    start = len(history)
    while start > 0 and name in cycle.state[history[start - 1].state].clocks:
        start -= 1
    return history[start:]


def _paused(
    cycle: LifeCycle, run: Sequence[Entered], calendar: Calendar, today: dt.date, clock: Clock
) -> int:
    """Days of the clock's unit that were spent in states that pause."""
    ends = [entry.day for entry in run[1:]] + [today]
    spans = [
        (entry.day, end) for entry, end in zip(run, ends, strict=True) if cycle.state[entry.state].pauses
    ]
    if clock.unit == "days":
        return sum((end - start).days for start, end in spans)
    return sum(calendar.between(start, end) for start, end in spans)


def _end(clock: Clock, start: dt.date, days: int, calendar: Calendar) -> dt.date:
    if clock.unit == "days":
        return start + dt.timedelta(days=days)
    return calendar.due(start, days).day
