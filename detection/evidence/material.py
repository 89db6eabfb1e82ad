"""Cases that are large enough for an alert: a single small slip is evidence, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detection.alerts.draft import AlertDraft
from detection.detectors.cards import MATERIAL_ROWS, MATERIAL_YUAN, Card
from features.money import FEN_PER_YUAN
from models.evidence.unit import LEAD


def material(card: Card, drafts: Sequence[AlertDraft]) -> list[AlertDraft]:
    """The cases with enough pieces of evidence or enough money at issue; all of them where the card asks for neither.

    The thresholds of the last day of a case decide.
    """
    if not {MATERIAL_ROWS, MATERIAL_YUAN} <= set(card.thresholds.values):
        return list(drafts)
    return [draft for draft in drafts if _is_material(card, draft)]


def small_as_leads(cases: Sequence[AlertDraft], alerts: Sequence[AlertDraft]) -> list[AlertDraft]:
    """The cases, of which those that are no alert count as a lead at most: a single slip happens to everybody."""
    large = {draft.alert_id for draft in alerts}
    return [
        draft if draft.alert_id in large else replace(draft, evidence_value=min(draft.evidence_value, LEAD))
        for draft in cases
    ]


def _is_material(card: Card, draft: AlertDraft) -> bool:
    rows, yuan = (
        float(str(card.thresholds.at(name, draft.last).value)) for name in (MATERIAL_ROWS, MATERIAL_YUAN)
    )
    return draft.evidence_rows >= rows or abs(draft.money.amount) >= yuan * FEN_PER_YUAN
