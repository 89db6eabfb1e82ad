"""Run every detector of the catalogue: hits and scores become drafts of alerts."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from detection.alerts.build import build_alerts
from detection.alerts.draft import AlertDraft
from detection.alerts.explained import with_prices
from detection.alerts.from_scores import from_scores
from detection.detectors.artifacts import write_artifacts
from detection.detectors.assessability import Assessability
from detection.detectors.catalogue import Detector, catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.runner import evaluate
from features.progress import Progress
from features.registry import Entity
from models.scoring import Scored

logger = logging.getLogger(__name__)

logger = logging.getLogger(__name__)


@dataclass
class Detections:
    """Alerts of the detectors that ran so far, and how much each of them could assess."""

    drafts: list[AlertDraft] = field(default_factory=list)
    assessability: dict[str, Assessability] = field(default_factory=dict)


@dataclass(frozen=True)
class Detection:
    """Everything that detectors share in one run.

    Attributes:
        context: tables, views and policy.
        scores: by entity.
        files: names of the input files, by the index in ``source_file``.
        folder: of the run; detectors write tables for screens into it.
        key: the workspace's secret, which the ids of alerts are keyed with.
    """

    context: DetectorContext
    scores: Mapping[Entity, Scored]
    files: Sequence[str]
    folder: Path
    key: bytes

    def run(self, progress: Progress) -> Detections:
        """Run every detector, in the order of the catalogue."""
        detections, detectors = Detections(), catalogue()
        for number, (name, detector) in enumerate(detectors.items()):
            progress("detectors", number, len(detectors))
            detections.assessability[name], drafts = self._alerts(detector)
            detections.drafts += drafts
            status = detections.assessability[name].status
            logger.info("%s: %s, alerts %d", name, status, len(drafts))
        progress("detectors", len(detectors), len(detectors))
        return detections

    def _alerts(self, detector: Detector) -> tuple[Assessability, list[AlertDraft]]:
        outcome = evaluate(detector, self.context)
        assessability = outcome.assessability
        if assessability.status != "not_assessable":
            write_artifacts(detector, self.context, self.folder)
        if detector.hits is None:
            return self._of_model(detector, assessability)
        drafts = build_alerts(
            detector.card,
            outcome.hits,
            self.context.whole,
            policy=self.context.policy,
            area=self.context.area,
            key=self.key,
            files=self.files,
        )
        return assessability, with_prices(detector, drafts, self.context)

    def _of_model(
        self, detector: Detector, assessability: Assessability
    ) -> tuple[Assessability, list[AlertDraft]]:
        """The alerts of one model: its highest-ranked entities, as many as the card's capacity."""
        if assessability.status == "not_assessable":
            return assessability, []
        scores = next(scored for entity, scored in self.scores.items() if entity == detector.card.subject)
        if scores.not_assessable:
            reason = scores.not_assessable
            return Assessability("not_assessable", reason, reason, 0, assessability.rows_total), []
        drafts = from_scores(
            detector.card,
            scores.frame,
            self.context.whole,
            self.context.views["net_settlements"],
            policy=self.context.policy,
            area=self.context.area,
            key=self.key,
            model_version=scores.model_version,
            files=self.files,
        )
        return assessability, drafts
