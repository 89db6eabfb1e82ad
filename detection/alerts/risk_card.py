"""The risk card: the thresholds that put alerts of all detectors in one order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from detection.alerts.dated_numbers import DatedNumbers, read_numbers
from detection.alerts.draft import SEVERITIES
from features.message import Message

_CARD = Path(__file__).with_name("risk.toml")
_FULL = 100.0


@dataclass(frozen=True)
class RiskCard:
    """What ``detection/alerts/risk.toml`` says."""

    numbers: DatedNumbers

    def share(self, name: str, day: dt.date) -> float:
        """A threshold that is a number, on the day of the run.

        Raises:
            CardError: the card has no such number on that day.
        """
        return self.numbers.number(name, day)

    def bands(self, day: dt.date) -> dict[str, tuple[float, float]]:
        """Lowest and highest score of each severity, on the day of the run."""
        starts = [self.share(f"{severity}_from", day) for severity in SEVERITIES]
        return dict(zip(SEVERITIES, zip(starts, [*starts[1:], _FULL], strict=True), strict=True))


@cache
def risk_card(path: Path = _CARD) -> RiskCard:
    """Read the card.

    Raises:
        CardError: the card is not TOML, has no threshold, or one lacks a part.
    """
    return RiskCard(read_numbers(path, Message("The risk card")))
