"""A time as exactly as the data know it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

_DAY_LENGTH = len("2024-03-01")


@dataclass(frozen=True, order=True)
class Moment:
    """A local time; ``to_the_minute`` is False where only the day is known, and the time is then midnight."""

    at: dt.datetime
    to_the_minute: bool = True

    @classmethod
    def from_text(cls, text: str) -> Moment:
        """A time as the store keeps it: ``2024-03-01 10:00:00``, or ``2024-03-01`` where only the day is known."""
        return cls(dt.datetime.fromisoformat(text), len(text) > _DAY_LENGTH)

    @property
    def day(self) -> dt.date:
        """The calendar day."""
        return self.at.date()
