"""The risk card: the thresholds that put alerts of all detectors in one order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from detection.alerts.draft import SEVERITIES
from features.dated import NamedValue, by_name, named_values, read_toml, with_new_keys
from features.errors import CardError

_CARD = Path(__file__).with_name("risk.toml")
_FULL = 100.0
_RENAMED = {"line": "threshold"}


@dataclass(frozen=True)
class RiskCard:
    """Dated thresholds by name (``detection/alerts/risk.toml``)."""

    thresholds: dict[str, tuple[NamedValue, ...]]

    def share(self, name: str, day: dt.date) -> float:
        """A threshold that is a number, on the day of the run.

        Raises:
            CardError: the card has no such number on that day.
        """
        dated = [each for each in self.thresholds.get(name, ()) if each.start <= day]
        if not dated or isinstance(dated[-1].value, str | list):
            raise CardError(f"The risk card has no number {name!r} on {day}.", where=_CARD.name)
        return float(dated[-1].value)

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
    content = with_new_keys(read_toml(path, CardError, "The risk card"), _RENAMED, path.name)
    values, problems = named_values(NamedValue, content.get("threshold"), "threshold")
    if problems or not values:
        raise CardError("The risk card is incomplete.", where=path.name, problems=problems)
    return RiskCard(by_name(values))
