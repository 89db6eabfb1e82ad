"""What a detector returns: hits, evidence about subjects, and tables for screens."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from detection.detectors.artifacts import write_artifacts
from detection.detectors.catalogue import Detector
from detection.detectors.context import DetectorContext
from detection.detectors.runner import Evaluation, HitSource, evaluate
from features.engine import collect


@dataclass(frozen=True)
class Returned:
    """What a detector returned.

    Attributes:
        outcome: its hits, and what it could assess.
        evidence: its evidence about subjects (`detection.detectors.context.SubjectEvidence`); None where it has none of
            its own, or could assess nothing.
    """

    outcome: Evaluation
    evidence: pl.DataFrame | None


def run_detector(detector: Detector, context: DetectorContext, source: HitSource, folder: Path) -> Returned:
    """Evaluate a detector, and write its tables for screens.

    Args:
        detector: a rule, a network, or a list of a model, which returns no hits.
        context: the whole data set; ids may be codes.
        source: of the hits.
        folder: of the run.
    """
    outcome = evaluate(detector, context, source=source)
    if detector.hits is None or outcome.assessability.status == "not_assessable":
        return Returned(outcome, None)
    write_artifacts(detector, context, folder)
    if detector.evidence is None:
        return Returned(outcome, None)
    evidence = collect(detector.evidence(context, detector.card.detector_thresholds))
    return Returned(outcome, context.whole.in_text(evidence, "subject_id"))
