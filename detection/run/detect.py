"""Every detector of the catalogue asked, one after the other: hits and scores become drafts of alerts."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from detection.alerts.build import build_alerts
from detection.alerts.draft import AlertDraft
from detection.alerts.explained import with_steps
from detection.alerts.from_scores import from_scores
from detection.detectors.artifacts import write_artifacts
from detection.detectors.assessability import Assessability
from detection.detectors.catalogue import Detector, catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.runner import evaluate
from features.registry import Entity
from models.scoring import Scored

logger = logging.getLogger(__name__)


@dataclass
class Found:
    """What the detectors of a run found so far."""

    drafts: list[AlertDraft] = field(default_factory=list)
    assessability: dict[str, Assessability] = field(default_factory=dict)


def judge_all(
    context: DetectorContext,
    scores: Mapping[Entity, Scored],
    files: Sequence[str],
    folder: Path,
    key: bytes,
    progress: Any,
) -> Found:
    """Every detector of the catalogue, one after the other; ``key`` is what ids of alerts are keyed with."""
    found = Found()
    detectors = catalogue()
    for number, (name, detector) in enumerate(detectors.items()):
        progress("detectors", number, len(detectors))
        judged = evaluate(detector, context)
        before = len(found.drafts)
        found.assessability[name] = judged.assessability
        if detector.hits is not None:
            drafts = build_alerts(
                detector.card,
                judged.hits,
                context.whole,
                policy=context.policy,
                area=context.area,
                key=key,
                files=files,
            )
            found.drafts += with_steps(detector, drafts, context)
        elif judged.assessability.status != "not_assessable":
            found.assessability[name], drafts = _listed(
                detector, context, scores, judged.assessability, files, key
            )
            found.drafts += drafts
        if judged.assessability.status != "not_assessable":
            write_artifacts(detector, context, folder)
        able = found.assessability[name]
        logger.info("%s: %s, alerts %d", name, able.status, len(found.drafts) - before)
    progress("detectors", len(detectors), len(detectors))
    return found


def _listed(
    detector: Detector,
    context: DetectorContext,
    scores: Mapping[Entity, Scored],
    able: Assessability,
    files: Sequence[str],
    key: bytes,
) -> tuple[Assessability, list[AlertDraft]]:
    """The alerts of one model: the strangest of its entities, as many as the card's capacity."""
    scored_entity = next(one for entity, one in scores.items() if entity == detector.card.subject)
    if scored_entity.not_assessable:
        reason = scored_entity.not_assessable
        return Assessability("not_assessable", reason, reason, 0, able.rows_total), []
    drafts = from_scores(
        detector.card,
        scored_entity.frame,
        context.whole,
        context.views["net_settlements"],
        policy=context.policy,
        area=context.area,
        key=key,
        model_version=scored_entity.model_version,
        files=files,
    )
    return able, drafts
