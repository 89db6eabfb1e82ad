"""The risk card: the thresholds that put alerts of all detectors in one order."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from detection.alerts.draft import SEVERITIES
from detection.detectors.card_files import dated_thresholds
from detection.detectors.cards import Thresholds
from features.errors import CardError

_CARD = Path(__file__).with_name("risk.toml")
_FULL = 100.0


@dataclass(frozen=True)
class RiskCard:
    """Dated thresholds by name (``detection/alerts/risk.toml``)."""

    thresholds: Thresholds

    def share(self, name: str, day: dt.date) -> float:
        """A threshold that is a share, on the day of the run."""
        share: Any = self.thresholds.at(name, day).value  # a threshold may also be text; a share is a number
        return float(share)

    def bands(self, day: dt.date) -> dict[str, tuple[float, float]]:
        """Lowest and highest score of each severity, on the day of the run."""
        starts = [self.share(f"{severity}_from", day) for severity in SEVERITIES]
        return dict(zip(SEVERITIES, zip(starts, [*starts[1:], _FULL], strict=True), strict=True))


@cache
def risk_card(path: Path = _CARD) -> RiskCard:
    """Read the card.

    Raises:
        CardError: the card is not TOML, or a threshold lacks a part.
    """
    try:
        values = dated_thresholds(tomllib.loads(path.read_text(encoding="utf-8"))["line"])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError) as error:
        raise CardError("The risk card is incomplete.", where=path.name, problems=[str(error)]) from None
    return RiskCard(Thresholds(values))
