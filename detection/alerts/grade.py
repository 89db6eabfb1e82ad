"""How grave an alert is, before checks lower its grade."""

from __future__ import annotations

from collections.abc import Iterable

from detection.alerts.draft import SEVERITIES, Severity
from detection.detectors.cards import Card


def grade(card: Card, causes: Iterable[str], strength: float | None, *, settled: bool) -> Severity:
    """The severity of one case.

    ``info`` when only another area or office can confirm it (every cause is to be verified there). ``definite``
    only from a deterministic rule that meets a violation by settled values and law; any other of its alerts is
    ``highly_suspicious``. A statistical detector reaches the gravest grade whose threshold its strength meets,
    ``watch`` when its card has no threshold, ``info`` below all of them.

    Args:
        card: the detector's card.
        causes: names of the causes met.
        strength: of the whole case; None for a detector that gives none.
        settled: whether there is no doubt about what decides: verified values, and a law on the day of every event.
    """
    judgments = [card.causes[name].judgment for name in causes if name in card.causes]
    if judgments and all(judgment == "verify" for judgment in judgments):
        return "info"
    if card.certainty == "deterministic":
        return "definite" if settled and "violation" in judgments else "highly_suspicious"
    if not card.severity or strength is None:
        return "watch"
    met = [name for name in SEVERITIES if name in card.severity and strength >= card.severity[name]]
    return met[-1] if met else "info"


def next_milder(severity: Severity) -> Severity:
    """The next milder grade; info stays info."""
    return SEVERITIES[max(0, SEVERITIES.index(severity) - 1)]
