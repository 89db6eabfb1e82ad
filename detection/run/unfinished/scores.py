"""Features and scores as an unfinished run keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from detection.run.unfinished.folder import Unfinished
from features.registry import Entity
from features.sealing import digest
from features.workspace import Workspace
from models.scoring import Scored

FEATURES, SCORES = "features", "scores"
FEATURE_FILES, SCORE_FILES = ("run/features", "run/left_out.json"), ("run/scores",)


def kept_features(unfinished: Unfinished, entities: tuple[Entity, ...]) -> dict[Entity, pl.DataFrame] | None:
    """The features of every entity; None where they have to be computed."""
    if unfinished.result(FEATURES) is None:
        return None
    return {entity: _read(unfinished.run, FEATURES, entity) for entity in entities}


def kept_scores(unfinished: Unfinished, space: Workspace) -> dict[Entity, Scored] | None:
    """The scores of every entity; None where they have to be computed.

    They are taken only with the features, and while the model registry is as the scoring left it: another champion may
    score now.
    """
    result = unfinished.result(SCORES)
    if result is None or unfinished.result(FEATURES) is None or result["registry"] != _registry(space):
        return None
    return {
        entity: Scored(_read(unfinished.run, SCORES, entity), **about)
        for entity, about in result["scored"].items()
    }


def keep_scores(unfinished: Unfinished, space: Workspace, scores: Mapping[Entity, Scored]) -> None:
    """Note that everything is scored; the frames have been written."""
    scored: dict[str, dict[str, Any]] = {
        entity: {name: value for name, value in vars(each).items() if name != "frame"}
        for entity, each in scores.items()
    }
    unfinished.finish(SCORES, SCORE_FILES, {"registry": _registry(space), "scored": scored})


def _read(run: Path, kind: str, entity: Entity) -> pl.DataFrame:
    return pl.read_parquet(run / kind / f"{entity}.parquet")


def _registry(space: Workspace) -> str:
    return digest(space.mlflow_db) if space.mlflow_db.exists() else ""
