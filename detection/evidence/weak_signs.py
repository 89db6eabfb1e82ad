"""Entities with several weak signs: what no alert names, but more than one kind of evidence points to."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from detection.alerts.draft import AlertDraft
from detection.detectors.cards import Card

CAPACITY = "capacity"
LEAST_KINDS = "least_kinds"
LEAST_RISK = "least_risk"


def weak_signs(card: Card, ranked: pl.DataFrame, drafts: Sequence[AlertDraft]) -> pl.DataFrame:
    """The entities that one list shows, best first.

    Args:
        card: of the list; its thresholds ``least_kinds``, ``least_risk`` and ``capacity`` decide.
        ranked: from `detection.evidence.fusion.fused`.
        drafts: alerts of rules and networks; whom they name already needs no second alert.

    Returns:
        Rows of ``ranked``, at most the capacity; a quiet fund has few or none.
    """
    thresholds = card.statistical_thresholds
    named = pl.Series(sorted(_named(card.subject, drafts)), dtype=pl.String)
    return (
        ranked.filter(
            pl.col("kinds") >= thresholds.latest(LEAST_KINDS),
            pl.col("risk") >= thresholds.latest(LEAST_RISK),
            ~pl.col("entity_id").is_in(named.implode()),
        )
        .sort("rank")
        .head(int(thresholds.latest(CAPACITY)))
    )


def _named(kind: str, drafts: Sequence[AlertDraft]) -> set[str]:
    """Entities of a kind that are the subject of an alert, or a member or provider of one."""
    named: set[str] = set()
    for draft in drafts:
        subject = draft.subject
        if subject.kind == kind:
            named.add(subject.identity)
        if kind in ("person", "payer_account"):
            named.update(subject.member_ids)
            if subject.kind in ("person", "payer_account"):  # an account's id is its owner's
                named.add(subject.identity)
        if kind == "provider" and subject.provider_id:
            named.add(subject.provider_id)
    return named
