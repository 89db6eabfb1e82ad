"""The law that an alert cites: what applied to its events, on the day of each of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from detection.detectors.cards import Card, LegalBasis
from detection.language.law import Citation


def citations(card: Card, days: Sequence[dt.date], area: str) -> tuple[Citation, ...]:
    """Instruments that cover the events, by the first day in force; one that covers some of them says which.

    Args:
        card: the detector's card.
        days: days of the events.
        area: six digits, or "none".
    """
    covered: dict[LegalBasis, list[dt.date]] = {}
    for day in sorted(set(days)):
        for basis in card.law_in_force(day, area):
            covered.setdefault(basis, []).append(day)
    first, last = min(days), max(days)
    ordered = sorted(covered.items(), key=lambda item: item[0].start)
    return tuple(_citation(basis, own, first, last) for basis, own in ordered)


def _citation(basis: LegalBasis, own: Sequence[dt.date], first: dt.date, last: dt.date) -> Citation:
    """A basis, and which of the events from ``first`` to ``last`` it covers."""
    start = basis.start if own[0] > first else None
    end = own[-1] if own[-1] < last else None
    return Citation(basis.instrument, basis.article, start, end)


def always_in_force(card: Card, days: Sequence[dt.date], area: str) -> bool:
    """Whether every event has a legal basis on its own day."""
    return all(card.law_in_force(day, area) for day in set(days))
