"""What recipes draw: days and moments of a period, and values that are missing here and there."""

from __future__ import annotations

import datetime as dt
import math
from random import Random
from typing import TypeVar

T = TypeVar("T")
OPENING_MINUTES = 600


class Draw(Random):
    """Random numbers for one recipe."""

    def moment(self, first: dt.datetime, days: int) -> dt.datetime:
        """A minute of opening hours on one of so many days from the first; the first says when a day opens."""
        return first + dt.timedelta(days=self.randrange(days), minutes=self.randrange(OPENING_MINUTES))

    def day(self, first: dt.date, start: int, end: int) -> dt.date:
        """A day from `start` until before `end`, counted from the first."""
        return first + dt.timedelta(days=self.randrange(start, end))

    def chance(self, share: float) -> bool:
        """True in this share of calls."""
        return self.random() < share

    def unless(self, share: float, value: T) -> T | None:
        """A value that is missing in this share of calls."""
        return None if self.chance(share) else value

    def geometric(self, share: float) -> int:
        """How many trials it takes until one succeeds, when this share succeeds; at least one."""
        return int(math.log(1 - self.random()) / math.log(1 - share)) + 1
