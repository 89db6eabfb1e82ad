"""Intervals of days, as Narwhals expressions.

Both ends belong to an interval. A null end is open: the interval lasts until further notice. A null start or a null
day gives null, which a filter drops.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

Day = nw.Expr | str | int
"""A day: an expression, the name of a column, or a day number."""


def holds(start: Day, end: Day | None, day: Day) -> nw.Expr:
    """Whether an interval holds a day.

    Args:
        start: first day.
        end: last day; None, or null in a row, while the interval is open.
        day: the day in question.
    """
    begun = _day(start) <= _day(day)
    return begun if end is None else begun & _not_ended(_day(end), _day(day))


def overlaps(start: Day, end: Day | None, first: Day, last: Day) -> nw.Expr:
    """Whether an interval and the days from ``first`` to ``last`` have a day in common."""
    begun = _day(start) <= _day(last)
    return begun if end is None else begun & _not_ended(_day(end), _day(first))


def covers(start: Day, end: Day | None, first: Day, last: Day) -> nw.Expr:
    """Whether an interval holds every day from ``first`` to ``last``."""
    begun = _day(start) <= _day(first)
    return begun if end is None else begun & _not_ended(_day(end), _day(last))


def _not_ended(end: nw.Expr, day: nw.Expr) -> nw.Expr:
    return end.is_null() | (end >= day)


def _day(day: Day) -> nw.Expr:
    if isinstance(day, str):
        return nw.col(day)
    return nw.lit(day) if isinstance(day, int) else day
