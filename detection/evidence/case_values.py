"""The evidence of each case, as its alert keeps it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from detection.alerts.draft import AlertDraft
from detection.detectors.cards import Card
from detection.detectors.exposure import Exposure
from detection.evidence.of_rules import rule_evidence
from models.evidence.unit import ALERT, MOST


def with_evidence(
    card: Card, drafts: Sequence[AlertDraft], exposure: Mapping[str, Exposure]
) -> list[AlertDraft]:
    """The drafts of one detector with their `AlertDraft.evidence_value`.

    Args:
        card: the detector's card.
        drafts: all of its alerts.
        exposure: how common each cause is, as the evaluation counted it.
    """
    return [replace(draft, evidence_value=_value(card, draft, exposure)) for draft in drafts]


def _value(card: Card, draft: AlertDraft, exposure: Mapping[str, Exposure]) -> float:
    if card.certainty == "deterministic":
        rows = [*draft.evidence["cause"], *draft.records["cause"]]
        rarest = min((exposure[cause] for cause in rows), key=lambda each: each.violations / each.exposed)
        return rule_evidence(len(rows), rarest.violations, rarest.exposed)
    if card.strength == "evidence":
        return min(max(draft.strength or 0.0, 0.0), MOST)
    return ALERT  # a count says nothing about chance
