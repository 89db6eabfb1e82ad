"""Which detectors wait for a policy parameter, or for a column of the data."""

from __future__ import annotations

from collections.abc import Iterable

from detection.detectors.cards import Card
from detection.detectors.catalogue import catalogue


def waiting_for_policy() -> dict[str, list[str]]:
    """Detectors that need or read a policy parameter, by its name; sorted."""
    return _by_need((name, card) for card in _cards() for name in policy_of(card))


def waiting_for_columns() -> dict[str, list[str]]:
    """Detectors that need a table or a column (``table``, ``table.column``), by its name; sorted."""
    return _by_need((name, card) for card in _cards() for name in columns_of(card))


def policy_of(card: Card) -> set[str]:
    """Policy parameters that a card or one of its causes needs, or reads for a part of its rows."""
    of_causes = [(*cause.needs_policy, *cause.reads_policy) for cause in card.causes.values()]
    return {*card.needs_policy, *card.reads_policy, *(name for names in of_causes for name in names)}


def columns_of(card: Card) -> set[str]:
    """Tables and columns that a card or one of its causes needs."""
    needs = [card.needs, *(cause.needs for cause in card.causes.values())]
    columns = {f"{table}.{column}" for need in needs for table, names in need.items() for column in names}
    return columns | {table for need in needs for table in need}


def _cards() -> list[Card]:
    return [detector.card for detector in catalogue().values()]


def _by_need(pairs: Iterable[tuple[str, Card]]) -> dict[str, list[str]]:
    waiting: dict[str, set[str]] = {}
    for name, card in pairs:
        waiting.setdefault(name, set()).add(card.detector)
    return {name: sorted(detectors) for name, detectors in sorted(waiting.items())}
