"""The figures behind the first rows of an alert, step by step, where its detector can tell them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from detection.alerts.draft import EXPLAINED, AlertDraft
from detection.detectors.catalogue import Detector
from detection.detectors.context import DetectorContext
from features.benefit import Step

_ROWS = 3


def with_steps(
    detector: Detector, drafts: Sequence[AlertDraft], context: DetectorContext
) -> list[AlertDraft]:
    """The drafts, the first settlements of each explained; as they are where the detector tells no steps."""
    if detector.steps_of is None or not drafts:
        return list(drafts)
    first = {draft.alert_id: _first(draft) for draft in drafts}
    told = detector.steps_of(context, sorted({one for rows in first.values() for one in rows}))
    return [
        replace(
            draft,
            figures={
                **draft.figures,
                EXPLAINED: [
                    {"settlement_id": one, "steps": [_held(step) for step in told[one]]}
                    for one in first[draft.alert_id]
                    if one in told
                ],
            },
        )
        for draft in drafts
    ]


def _first(draft: AlertDraft) -> list[str]:
    ordered = draft.evidence.sort("settled_at", "settlement_id")
    return ordered["settlement_id"].head(_ROWS).to_list()


def _held(step: Step) -> dict[str, Any]:
    return {"name": step.name, "fen": step.fen, "en": step.en, "zh": step.zh}
