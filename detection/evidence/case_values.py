"""The evidence of each case, as its alert keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detection.alerts.draft import AlertDraft
from detection.detectors.cards import Card
from detection.evidence.of_rules import rule_evidence
from models.evidence.unit import ALERT, MOST


def with_evidence(card: Card, drafts: Sequence[AlertDraft], exposed: int) -> list[AlertDraft]:
    """The drafts of one detector with their `AlertDraft.evidence_value`.

    Args:
        card: the detector's card.
        drafts: all of its alerts.
        exposed: rows that it could assess.
    """
    violations = sum(draft.evidence_rows for draft in drafts)
    return [replace(draft, evidence_value=_value(card, draft, violations, exposed)) for draft in drafts]


def _value(card: Card, draft: AlertDraft, violations: int, exposed: int) -> float:
    if card.certainty == "deterministic":
        return rule_evidence(draft.evidence_rows, violations, exposed)
    if card.strength == "evidence":
        return min(max(draft.strength or 0.0, 0.0), MOST)
    return ALERT  # a count says nothing about chance
