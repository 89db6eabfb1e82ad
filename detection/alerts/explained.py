"""How the first settlements of an alert were priced, step by step, where the detector explains prices."""

from __future__ import annotations

from collections.abc import Sequence

from detection.alerts.draft import AlertDraft
from detection.alerts.explanation import PricedSettlement, PriceStep
from detection.detectors.catalogue import Detector
from detection.detectors.context import DetectorContext
from detection.language.text import Text
from features.benefit import Step

_ROWS = 3


def with_prices(
    detector: Detector, drafts: Sequence[AlertDraft], context: DetectorContext
) -> list[AlertDraft]:
    """The drafts, the first settlements of each explained; unchanged where the detector explains no prices."""
    if detector.steps_of is None or not drafts:
        return list(drafts)
    first = {draft.alert_id: _first(draft) for draft in drafts}
    wanted = sorted({settlement for settlements in first.values() for settlement in settlements})
    steps_of = detector.steps_of(context, wanted)
    return [
        draft.explained(
            priced=tuple(
                PricedSettlement(settlement, tuple(_step(step) for step in steps_of[settlement]))
                for settlement in first[draft.alert_id]
                if settlement in steps_of
            )
        )
        for draft in drafts
    ]


def _first(draft: AlertDraft) -> list[str]:
    ordered = draft.evidence.sort("settled_at", "settlement_id")
    return ordered["settlement_id"].head(_ROWS).to_list()


def _step(step: Step) -> PriceStep:
    return PriceStep(step.name, step.fen, Text(step.en, step.zh))
