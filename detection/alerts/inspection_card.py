"""The inspection card: how many days an institution takes."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from features.dated import NamedValue, by_name, named_values, read_toml
from features.errors import CardError

_CARD = Path(__file__).with_name("inspection.toml")


@dataclass(frozen=True)
class InspectionCard:
    """Dated thresholds by name (``detection/alerts/inspection.toml``)."""

    thresholds: dict[str, tuple[NamedValue, ...]]

    def number(self, name: str, day: dt.date) -> float:
        """A threshold that is a number, on a day.

        Raises:
            CardError: the card has no such number on that day.
        """
        dated = [each for each in self.thresholds.get(name, ()) if each.start <= day]
        if not dated or isinstance(dated[-1].value, str | list):
            raise CardError(f"The inspection card has no number {name!r} on {day}.", where=_CARD.name)
        return float(dated[-1].value)

    def days(self, alerts: int, rows: int, day: dt.date) -> int:
        """Inspection days of an institution with so many alerts and pieces of evidence; whole days, at least one."""
        needed = (
            self.number("days_of_a_visit", day)
            + self.number("days_per_alert", day) * alerts
            + rows / self.number("rows_per_day", day)
        )
        return max(1, math.ceil(min(needed, self.number("most_days", day))))


@cache
def inspection_card(path: Path = _CARD) -> InspectionCard:
    """Read the card.

    Raises:
        CardError: the card is not TOML, has no threshold, or one lacks a part.
    """
    content = read_toml(path, CardError, "The inspection card")
    values, problems = named_values(NamedValue, content.get("threshold"), "threshold")
    if problems or not values:
        raise CardError("The inspection card is incomplete.", where=path.name, problems=problems)
    return InspectionCard(by_name(values))
