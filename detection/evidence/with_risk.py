"""Alerts after fusion: how many kinds of evidence point to the subject, and the grade that they bear together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from detection.alerts.draft import AlertDraft
from detection.alerts.grade import grade
from detection.detectors.cards import Card

_Risks = Mapping[str, Mapping[str, tuple[float, int]]]


def with_risk(
    drafts: Sequence[AlertDraft], ranked: Mapping[str, pl.DataFrame], cards: Mapping[str, Card]
) -> list[AlertDraft]:
    """The drafts with `AlertDraft.kinds`, and statistical ones graded by the risk of their subject.

    A pattern that other kinds of evidence support is graver than the same pattern alone. A deterministic finding keeps
    its grade: further evidence makes a broken rule no more broken.

    Args:
        drafts: alerts of any detectors.
        ranked: by kind of subject, from `detection.evidence.fusion.fused`.
        cards: by detector.
    """
    subjects: dict[str, set[str]] = {}
    for draft in drafts:
        subjects.setdefault(draft.subject.kind, set()).add(draft.subject.identity)
    risks = {kind: _risks(ranked[kind], ids) for kind, ids in subjects.items() if kind in ranked}
    return [_with_risk(draft, risks, cards[draft.detector]) for draft in drafts]


def _risks(ranked: pl.DataFrame, ids: set[str]) -> dict[str, tuple[float, int]]:
    wanted = ranked.filter(pl.col("entity_id").is_in(pl.Series(sorted(ids), dtype=pl.String).implode()))
    return {
        name: (risk, kinds) for name, risk, kinds in wanted.select("entity_id", "risk", "kinds").iter_rows()
    }


def _with_risk(draft: AlertDraft, risks: _Risks, card: Card) -> AlertDraft:
    risk, kinds = risks.get(draft.subject.kind, {}).get(draft.subject.identity, (0.0, 0))
    severity = draft.severity
    if card.certainty == "statistical" and card.strength == "evidence":
        severity = grade(card, (), max(risk, draft.strength or 0.0), settled=False)
    return replace(draft, kinds=max(kinds, 1), severity=severity)
