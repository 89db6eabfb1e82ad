"""Features and anomaly scores of every kind of entity, as files of the run."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import polars as pl

from detection.alerts.from_scores import capacity_of
from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.run.request import RunRequest
from features.engine import compute
from features.files import write_text
from features.message import Message
from features.progress import Progress
from features.registry import Entity, Frame
from models.scoring import Scored, score_entities
from models.tracking import Tracker

logger = logging.getLogger(__name__)

ENTITIES: tuple[Entity, ...] = ("person", "provider", "payer_account")
_PLURAL: dict[Entity, Message] = {
    "person": Message("persons"),
    "provider": Message("providers"),
    "payer_account": Message("payer accounts"),
}


def measure(context: DetectorContext, folder: Path, progress: Progress) -> dict[Entity, pl.DataFrame]:
    """Features of every entity; written as Parquet, and the features left out with the reason as JSON."""
    (folder / "features").mkdir()
    features: dict[Entity, pl.DataFrame] = {}
    left_out: dict[str, dict[str, str]] = {}
    for entity in ENTITIES:
        progress(Message("features of {entities}", entities=_PLURAL[entity]), 0, 1)
        features[entity], left_out[entity] = compute(entity, context.views)
        features[entity].write_parquet(folder / "features" / f"{entity}.parquet")
        computed, entities = features[entity].width - 1, features[entity].height
        logger.info(
            "%s: features %d of %d entities, left out %d", entity, computed, entities, len(left_out[entity])
        )
    content = json.dumps(left_out, indent=1, sort_keys=True, ensure_ascii=False)
    write_text(folder / "left_out.json", content)
    return features


def score(
    features: dict[Entity, pl.DataFrame],
    context: DetectorContext,
    folder: Path,
    tracker: Tracker,
    request: RunRequest,
    progress: Progress,
) -> dict[Entity, Scored]:
    """Scores of every entity, written as Parquet; takes the features out of the dictionary, to free memory."""
    capacities = {
        detector.card.subject: capacity_of(detector.card)
        for detector in catalogue().values()
        if detector.hits is None
    }
    (folder / "scores").mkdir()
    context.views.to_disk()
    scores: dict[Entity, Scored] = {}
    for entity in ENTITIES:
        progress(Message("scores of {entities}", entities=_PLURAL[entity]), 0, 1)
        scores[entity] = score_entities(
            entity,
            features.pop(entity),
            _dataframe(context.views[f"{entity}_attributes"]),
            _dataframe(context.views[f"{entity}_spend"]),
            tracker=tracker,
            seed=request.seed,
            capacity=capacities[entity],
            refit=request.refit,
        )
        scores[entity].frame.write_parquet(folder / "scores" / f"{entity}.parquet")
    return scores


def _dataframe(frame: Frame) -> pl.DataFrame:
    native: pl.LazyFrame = frame.to_native()
    return native.collect()
