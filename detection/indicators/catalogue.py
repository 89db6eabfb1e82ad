"""Every indicator: its list and its card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from detection.indicators.card import IndicatorCard
from detection.indicators.card_files import indicator_cards
from detection.indicators.cuts import with_cuts
from detection.indicators.lists import IndicatorList, all_lists
from detection.indicators.thresholds import ThresholdValues
from features.errors import CardError
from features.indicators.periods import Period
from features.message import Message
from features.registry import Frame, Relations


@dataclass(frozen=True)
class Indicator:
    """One indicator.

    Attributes:
        card: its texts, unit, thresholds and cuts.
        declared: its list.
    """

    card: IndicatorCard
    declared: IndicatorList

    @property
    def name(self) -> str:
        """Stored name: of the list's function and of the card's file."""
        return self.card.name

    @property
    def record(self) -> str:
        """Kind of id in a row's ``record``; empty when a row is a person."""
        return self.declared.record

    def rows(self, views: Relations, period: Period) -> Frame:
        """The list of a period; columns in `detection.indicators.lists`."""
        return self.declared.rows(views, period, self.card.thresholds_on(period.last_day))

    def by_thresholds(self, periods: Sequence[Period]) -> list[tuple[ThresholdValues, list[Period]]]:
        """Periods that have the same thresholds together, in their order; thresholds are those of the last day."""
        groups: list[tuple[ThresholdValues, list[Period]]] = []
        for period in periods:
            thresholds = self.card.thresholds_on(period.last_day)
            alike = next((own for known, own in groups if known == thresholds), None)
            if alike is None:
                groups.append((thresholds, alike := []))
            alike.append(period)
        return groups

    def rows_with_cuts(self, views: Relations, period: Period) -> Frame:
        """The list of a period, with everything that it can be cut by."""
        return with_cuts(self.rows(views, period), views, period)


@cache
def indicators() -> dict[str, Indicator]:
    """Every indicator by name, in the order of the screens, then of the names.

    Raises:
        CardError: cards that cannot be used, or a card without a list, or a list without a card; all of these.
    """
    cards, lists = indicator_cards(), all_lists()
    problems = [Message("{name}.toml has no list", name=name) for name in sorted(cards.keys() - lists.keys())]
    problems += [
        Message("the list {name!r} has no card", name=name) for name in sorted(lists.keys() - cards.keys())
    ]
    if problems:
        raise CardError(
            "Cards and lists of indicators do not match.", where="detection/indicators", problems=problems
        )
    return {name: Indicator(card, lists[name]) for name, card in cards.items()}
