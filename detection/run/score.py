"""Features and anomaly scores of every kind of entity, as files of the run."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from detection.alerts.from_scores import capacity_of
from detection.deliveries.comparison import MODELS
from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.run.request import RunRequest
from detection.run.unfinished import Unfinished
from detection.run.unfinished.scores import (
    FEATURE_FILES,
    FEATURES,
    SCORE_FILES,
    keep_scores,
    kept_features,
    kept_scores,
)
from detection.store.queries import open_finished
from detection.store.queries.methods import champions
from features.engine import collect, compute
from features.files import write_text
from features.message import Message
from features.progress import Progress
from features.registry import ENTITY_KEYS, Entity
from features.workspace import Workspace
from models.scoring import Scored, score_entities
from models.tracking import Tracker

logger = logging.getLogger(__name__)

ENTITIES: tuple[Entity, ...] = ("person", "provider", "payer_account")
_PLURAL: dict[Entity, Message] = {
    "person": Message("persons"),
    "provider": Message("providers"),
    "payer_account": Message("payer accounts"),
}


def measure_and_score(
    context: DetectorContext,
    unfinished: Unfinished,
    space: Workspace,
    request: RunRequest,
    progress: Progress,
) -> Mapping[Entity, Scored]:
    """Features and scores of every entity, as a run that was stopped left them, or computed.

    Args:
        context: the data set; ids may be codes.
        unfinished: of the run.
        space: whose models score.
        request: of the run.
        progress: called with step, done and total.
    """
    scores = kept_scores(unfinished, space)
    if scores is not None:
        context.views.to_disk()
        return scores
    features = kept_features(unfinished, ENTITIES)
    if features is None:
        unfinished.begin(*FEATURE_FILES)
        features = measure(context, unfinished.run, progress)
        unfinished.finish(FEATURES, FEATURE_FILES, {})
    with open_finished(space) as reader:
        known = {} if reader is None or MODELS in request.accept_missing else champions(reader)
    unfinished.begin(*SCORE_FILES)
    scores = score(features, context, unfinished.run, Tracker(space, known), request, progress)
    keep_scores(unfinished, space, scores)
    return scores


def measure(context: DetectorContext, folder: Path, progress: Progress) -> dict[Entity, pl.DataFrame]:
    """Features of every entity, ids as texts; written as Parquet, and what was left out with the reason as JSON."""
    (folder / "features").mkdir()
    features: dict[Entity, pl.DataFrame] = {}
    left_out: dict[str, dict[str, str]] = {}
    for entity in ENTITIES:
        progress(Message("features of {entities}", entities=_PLURAL[entity]), 0, 1)
        computed, left_out[entity] = compute(entity, context.views)
        features[entity] = context.whole.in_text(computed, ENTITY_KEYS[entity])
        features[entity].write_parquet(folder / "features" / f"{entity}.parquet")
        logger.info(
            "%s: features %d of %d entities, left out %d",
            entity,
            computed.width - 1,
            computed.height,
            len(left_out[entity]),
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
            _in_text(context, f"{entity}_attributes", entity),
            _in_text(context, f"{entity}_spend", entity),
            tracker=tracker,
            seed=request.seed,
            capacity=capacities[entity],
            refit=request.refit,
        )
        scores[entity].frame.write_parquet(folder / "scores" / f"{entity}.parquet")
    return scores


def _in_text(context: DetectorContext, view: str, entity: Entity) -> pl.DataFrame:
    """A view of entities, with their ids as texts."""
    return context.whole.in_text(collect(context.views[view]), ENTITY_KEYS[entity])
