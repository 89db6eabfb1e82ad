"""The law that an alert quotes: what applied to its events, on the day of each of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from detection.detectors.cards import Card, LegalBasis


def quoted(card: Card, days: Sequence[dt.date], area: str) -> tuple[str, ...]:
    """Instruments as they are quoted; one that covers a part of the events says which.

    Args:
        card: the detector's card.
        days: days of the events.
        area: six digits, or "none".

    Returns:
        For example ``State Council Order No. 735, art. 41 (events from 2021-05-01)``; by the first day in force.
    """
    covered: dict[LegalBasis, list[dt.date]] = {}
    for day in sorted(set(days)):
        for basis in card.law_in_force(day, area):
            covered.setdefault(basis, []).append(day)
    first, last = min(days), max(days)
    ordered = sorted(covered.items(), key=lambda one: one[0].start)
    return tuple(f"{basis}{_part(basis, own, first, last)}" for basis, own in ordered)


def _part(basis: LegalBasis, own: Sequence[dt.date], first: dt.date, last: dt.date) -> str:
    """Which of the events from ``first`` to ``last`` a basis covers; nothing where it covers them all."""
    late, over = own[0] > first, own[-1] < last
    if late and over:
        return f" (events from {basis.start} to {own[-1]})"
    if late:
        return f" (events from {basis.start})"
    return f" (events until {own[-1]})" if over else ""


def always_in_force(card: Card, days: Sequence[dt.date], area: str) -> bool:
    """Whether every event has a legal basis on its own day."""
    return all(card.law_in_force(day, area) for day in set(days))
