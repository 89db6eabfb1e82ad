"""Thresholds of the cards of indicators, for hand counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from detection.indicators.card_files import indicator_cards
from detection.indicators.thresholds import ThresholdValue


def thresholds(day: dt.date = dt.date(2024, 1, 1)) -> dict[str, Mapping[str, ThresholdValue]]:
    """Thresholds in force on a day, by indicator and name."""
    return {name: card.thresholds_on(day).values for name, card in indicator_cards().items()}
