"""What detectors returned as an unfinished run keeps it: a step for each detector."""

from __future__ import annotations

from dataclasses import asdict

import polars as pl

from detection.detectors.assessability import Assessability
from detection.detectors.exposure import Exposure
from detection.detectors.runner import Evaluation
from detection.increment.kept import FOLDER
from detection.run.returned import Returned
from detection.run.unfinished.folder import Unfinished


def step_of(detector: str) -> str:
    """The name of a detector's step."""
    return f"hits_of_{detector}"


def begin_hits(unfinished: Unfinished, detector: str) -> None:
    """Remove what a detector that was stopped left."""
    unfinished.begin(*_places(detector))


def finished_hits(unfinished: Unfinished, detector: str) -> Returned | None:
    """What a detector returned; None where it has to run."""
    result = unfinished.result(step_of(detector))
    if result is None:
        return None
    hits, evidence, *_ = _places(detector)
    exposure = {
        cause: Exposure(**{**each, "people": each["people"] and tuple(each["people"])})
        for cause, each in result["exposure"].items()
    }
    outcome = Evaluation(
        detector,
        pl.read_parquet(unfinished.path(hits)),
        Assessability(**result["assessability"]),
        exposure,
    )
    return Returned(outcome, pl.read_parquet(unfinished.path(evidence)) if result["evidence"] else None)


def finish_hits(unfinished: Unfinished, returned: Returned) -> None:
    """Write what a detector returned; its tables for screens, and what the next delivery uses, have been written."""
    outcome = returned.outcome
    hits, evidence, *others = _places(outcome.detector)
    outcome.hits.write_parquet(unfinished.path(hits))
    if returned.evidence is not None:
        returned.evidence.write_parquet(unfinished.path(evidence))
    result = {
        "assessability": asdict(outcome.assessability),
        "exposure": {cause: asdict(each) for cause, each in outcome.exposure.items()},
        "evidence": returned.evidence is not None,
    }
    written = [place for place in (hits, evidence, *others) if (unfinished.folder / place).exists()]
    unfinished.finish(step_of(outcome.detector), written, result)


def _places(detector: str) -> tuple[str, ...]:
    """Hits, evidence, tables for screens, and the hits that the next delivery uses (`detection.increment.kept`)."""
    return (
        f"hits/{detector}.parquet",
        f"evidence/{detector}.parquet",
        f"run/artifacts/{detector}",
        f"run/{FOLDER}/hits/{detector}.parquet",
    )
