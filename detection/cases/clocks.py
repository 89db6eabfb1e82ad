"""When each clock of a thing ends, from its history: pauses move the end by the working days that they took."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from detection.cases.life_cycle import Clock, LifeCycle
from detection.cases.working_days import Calendar


@dataclass(frozen=True)
class Entered:
    """A state that was entered on a day, by a move; ``until`` is the day on which a pause ends by itself."""

    state: str
    day: dt.date
    move: str = ""
    until: dt.date | None = None


@dataclass(frozen=True)
class Deadline:
    """The end of a running clock.

    Attributes:
        clock: its name.
        day: its last day.
        left: working days from today to it; zero or below when it is over.
        overdue: whether it is over; a clock that ends on a Saturday is over on Sunday.
        paused: whether it stands still now; ``day`` then moves with each day.
        unknown_years: years on the way whose holidays are not known.
    """

    clock: str
    day: dt.date
    left: int
    overdue: bool
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
    pauses = _pauses(cycle, run, today)
    days = clock.days + extensions * clock.extension + _length(pauses, calendar, clock)
    last = _end(clock, run[0].day, days, calendar)
    return Deadline(
        name,
        last,
        calendar.between(today, last),
        today > last,
        cycle.state[run[-1].state].pauses and pauses[-1][1] == today,
        calendar.unknown(run[0].day, last) if clock.unit == "working_days" else (),
    )


def _since_start(cycle: LifeCycle, name: str, history: Sequence[Entered]) -> Sequence[Entered]:
    """The part of a history in which a clock ran without a break, up to the last entry."""
    start = len(history)
    while start > 0 and name in cycle.state[history[start - 1].state].clocks:
        start -= 1
    return history[start:]


def _pauses(cycle: LifeCycle, run: Sequence[Entered], today: dt.date) -> list[tuple[dt.date, dt.date]]:
    """First and last day of each stay in a state that pauses; it pauses until the day that was named at most."""
    spans, until = [], None
    for entry, end in zip(run, [entry.day for entry in run[1:]] + [today], strict=True):
        if not cycle.state[entry.state].pauses:
            until = None
            continue
        until = entry.until or until  # a note on the way names none
        spans.append((entry.day, max(entry.day, min(end, until or end))))
    return spans


def _length(spans: Sequence[tuple[dt.date, dt.date]], calendar: Calendar, clock: Clock) -> int:
    """Days of the clock's unit."""
    if clock.unit == "days":
        return sum((end - start).days for start, end in spans)
    return sum(calendar.between(start, end) for start, end in spans)


def _end(clock: Clock, start: dt.date, days: int, calendar: Calendar) -> dt.date:
    if clock.unit == "days":
        return start + dt.timedelta(days=days)
    return calendar.due(start, days).day
