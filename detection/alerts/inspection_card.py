"""The inspection card: how many days an institution takes."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from detection.alerts.dated_numbers import DatedNumbers, read_numbers
from features.message import Message

_CARD = Path(__file__).with_name("inspection.toml")


@dataclass(frozen=True)
class InspectionCard:
    """What ``detection/alerts/inspection.toml`` says."""

    numbers: DatedNumbers

    def days(self, alerts: int, rows: int, day: dt.date) -> int:
        """Inspection days of an institution with so many alerts and pieces of evidence; whole days, at least one.

        Raises:
            CardError: the card lacks a number on that day.
        """
        number = self.numbers.number
        needed = (
            number("days_of_a_visit", day)
            + number("days_per_alert", day) * alerts
            + rows / number("rows_per_day", day)
        )
        return max(1, math.ceil(min(needed, number("most_days", day))))


@cache
def inspection_card(path: Path = _CARD) -> InspectionCard:
    """Read the card.

    Raises:
        CardError: the card is not TOML, has no threshold, or one lacks a part.
    """
    return InspectionCard(read_numbers(path, Message("The inspection card")))
