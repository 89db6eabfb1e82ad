"""By when an act has to be discovered to be punished: the law's years, from the act or the end of one that went on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from detection.cases.limits import limits
from detection.cases.moves import Done

_HARM, _NO_HARM = "record_harm", "withdraw_harm"
_FEBRUARY, _LEAP_DAY, _LAST_DAY = 2, 29, 28


@dataclass(frozen=True)
class Limitation:
    """The limitation of a penalty for what the alerts of a case cite.

    The years end with the discovery, not with the penalty. Whether the acts are one that continued (then `last` counts
    for all), and when they were discovered, the data do not say: people do.

    Attributes:
        years: two, or five where life or health was harmed.
        first: the last day for the discovery of an act that ended on the first day of the evidence.
        last: the last day for that of one that ended on the last day of the evidence.
    """

    years: int
    first: dt.date
    last: dt.date

    def next(self, today: dt.date) -> dt.date | None:
        """The next of the two days that is not over; None where both are."""
        return min((day for day in (self.first, self.last) if day >= today), default=None)

    def near(self, today: dt.date) -> bool:
        """Whether the next of the two days is so near that it is shown among what is due."""
        day = self.next(today)
        return day is not None and (day - today).days <= limits().limitation_near


def harmed(past: Iterable[Done]) -> bool:
    """Whether it is recorded that life or health was harmed, and nobody has taken that back."""
    records = [done.move for done in past if done.move in (_HARM, _NO_HARM)]
    return records[-1:] == [_HARM]


def limitation(first: dt.date, last: dt.date, past: Iterable[Done]) -> Limitation:
    """The limitation of acts.

    Args:
        first: first day of the evidence.
        last: last day of the evidence.
        past: moves and records of the case.
    """
    years = limits().limitation_years_harm if harmed(past) else limits().limitation_years
    return Limitation(years, _later(first, years), _later(last, years))


def _later(day: dt.date, years: int) -> dt.date:
    """The same day some years later; the day before a leap day that the year does not have."""
    leap = (day.month, day.day) == (_FEBRUARY, _LEAP_DAY)
    return dt.date(day.year + years, day.month, _LAST_DAY if leap else day.day)
