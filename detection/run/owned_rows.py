"""Rows that two cards explain: the card that explains them best owns them, and the other keeps silent about them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import polars as pl

from detection.alerts.draft import AlertDraft
from detection.detectors.assessability import Reason, with_reasons
from detection.detectors.cards import Card
from detection.detectors.catalogue import Detector
from detection.detectors.runner import Evaluation

OWN_LEAST = 0.5
"""A case of which others own more than this share is their case: nothing of it is left."""


def in_order(detectors: Sequence[Detector]) -> list[Detector]:
    """Detectors so that each comes after those it yields to, and lists of models last."""
    return sorted(detectors, key=lambda detector: (detector.hits is None, bool(detector.card.yields_to)))


def without_owned(card: Card, outcome: Evaluation, drafts: Sequence[AlertDraft]) -> Evaluation:
    """The outcome without the rows that alerts of the cards it yields to cite; its assessability says how many.

    Args:
        card: of the detector that yields.
        outcome: its hits.
        drafts: alerts so far.
    """
    owners = [draft for draft in drafts if draft.detector in card.yields_to]
    if not owners or outcome.hits.is_empty():
        return outcome
    owned = pl.concat([draft.evidence["settlement_id"] for draft in owners]).unique()
    marked = outcome.hits.with_columns(owned=pl.col("settlement_id").is_in(owned.implode()))
    mostly = pl.col("owned").mean().over(card.dedup) > OWN_LEAST
    kept = marked.filter(~mostly, ~pl.col("owned")).drop("owned")
    rows = outcome.hits["settlement_id"].n_unique() - kept["settlement_id"].n_unique()
    if not rows:
        return outcome
    names = sorted({draft.detector for draft in owners})
    return dataclasses.replace(
        outcome,
        hits=kept,
        assessability=with_reasons(outcome.assessability, [_reason(rows, names)]),
    )


def _reason(rows: int, names: Sequence[str]) -> Reason:
    return (
        f"{rows:,} settlements are of cases that alerts of {', '.join(names)} explain",
        f"{rows:,}笔结算所涉情形已由{'、'.join(names)}的疑点说明",
    )
