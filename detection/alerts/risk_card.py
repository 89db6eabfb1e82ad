"""The risk card: the lines that put alerts of all detectors in one order."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from detection.alerts.draft import SEVERITIES
from detection.detectors.cards import Threshold, Thresholds
from features.errors import CardError

_CARD = Path(__file__).with_name("risk.toml")
_FULL = 100.0


@dataclass(frozen=True)
class RiskCard:
    """Dated lines by name (``detection/alerts/risk.toml``)."""

    thresholds: Thresholds

    def share(self, name: str, day: dt.date) -> float:
        """A line that is a share, on the day of the run."""
        share: Any = self.thresholds.at(name, day).value  # a line may also be text; a share is a number
        return float(share)

    def bands(self, day: dt.date) -> dict[str, tuple[float, float]]:
        """Lowest and highest score of each severity, on the day of the run."""
        starts = [self.share(f"{severity}_from", day) for severity in SEVERITIES]
        return dict(zip(SEVERITIES, zip(starts, [*starts[1:], _FULL], strict=True), strict=True))


@cache
def risk_card(path: Path = _CARD) -> RiskCard:
    """Read the card.

    Raises:
        CardError: the card is not TOML, or a line lacks a part.
    """
    try:
        drawn = sorted(
            tomllib.loads(path.read_text(encoding="utf-8"))["line"],
            key=lambda one: (one["name"], one["from"]),
        )
        values = {
            name: tuple(
                Threshold(one["from"], one["value"], one["unit"], one["source"], one["status"])
                for one in same
            )
            for name, same in groupby(drawn, key=lambda one: str(one["name"]))
        }
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError) as error:
        raise CardError("The risk card is incomplete.", where=path.name, problems=[str(error)]) from None
    return RiskCard(Thresholds(values))
