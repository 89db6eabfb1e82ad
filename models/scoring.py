"""Scores, ranks, reasons and spend rank of one kind of entity."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from features.registry import ENTITY_KEYS, Entity, Feature, all_features
from models.anomaly import Anomaly, why_not
from models.deviations import Fen, Population
from models.explanations import explain
from models.feature_sets import fitting
from models.frozen import Numbers
from models.peers import peer_paths
from models.settings import model_settings

if TYPE_CHECKING:
    from models.tracking import Tracker

logger = logging.getLogger(__name__)

SCHEMA: dict[str, pl.DataType] = {
    "entity_id": pl.String(),
    "score": pl.Float64(),
    "rank": pl.Int64(),
    "spend_rank": pl.Int64(),
    "peer_group": pl.String(),
    "peers": pl.Int64(),
    "on_model": pl.Boolean(),
    "reasons": pl.String(),
    "leaves_list_if": pl.String(),
}
"""Columns of ``scores/<entity>.parquet``; see "Scores" in docs/design.md."""


@dataclass(frozen=True)
class Scored:
    """Scores of one kind of entity.

    Attributes:
        frame: `SCHEMA`, sorted by rank; no rows when not assessable.
        model_version: name and version of the model that scored; "" when not assessable.
        metrics: what the run measured, as logged.
        not_assessable: why nothing was scored; None when it was.
        left_out: features that the model does not use, with the reason.
        content: hash of what the model learnt; "" when not assessable.
    """

    frame: pl.DataFrame
    model_version: str
    metrics: dict[str, float]
    not_assessable: str | None = None
    left_out: dict[str, str] = field(default_factory=dict)
    content: str = ""


def score_entities(
    entity: Entity,
    features: pl.DataFrame,
    attributes: pl.DataFrame,
    spend: pl.DataFrame,
    *,
    tracker: Tracker,
    seed: int,
    capacity: int,
    refit: bool = False,
    registered: Sequence[Feature] | None = None,
) -> Scored:
    """Score every entity, and explain the highest-ranked.

    The first run on a set of features fits the champion; later runs score with it. A refit is logged as
    challenger, and changes no score.

    Args:
        entity: kind of entity.
        features: its key and one Float64 column per computed feature; null is "not applicable".
        attributes: its key and the attributes that make peer groups.
        spend: its key, ``pool`` and ``account`` in fen; an entity without a row spent nothing.
        tracker: experiment runs and the model registry.
        seed: of all randomness.
        capacity: length of the list, from the detector's card.
        refit: log a challenger fitted on these data.
        registered: declarations to use all of (trials, tests); the entity's feature set when None.
    """
    declared = list(all_features(entity).values()) if registered is None else registered
    wanted = None if registered is None else [feature.name for feature in registered]
    used, left_out = fitting(entity, features, declared, wanted)
    refused = why_not(len(features), len(used))
    if refused:
        logger.info("%s: not scored: %s", entity, refused)
        return Scored(pl.DataFrame(schema=SCHEMA), "", {}, refused, left_out)
    population = _population(entity, features, attributes, spend, used)

    def fitted() -> Anomaly:
        return _fit(entity, population, seed)

    champion = tracker.champion(entity, used, fitted)
    frame = _ranked(champion.model, population, capacity)
    metrics = _metrics(frame, population, capacity)
    params = {"seed": seed, "capacity": capacity, **model_settings().values.logged()}
    logger.info("%s: scored %d entities with %s", entity, len(frame), champion.version)
    tracker.log_run(entity, champion.version, params, metrics, challenger=fitted if refit else None)
    return Scored(frame, champion.version, metrics, None, left_out, champion.content)


def _population(
    entity: Entity, features: pl.DataFrame, attributes: pl.DataFrame, spend: pl.DataFrame, used: list[Feature]
) -> Population:
    """The entities in the order of ``features``."""
    key = ENTITY_KEYS[entity]
    values = features.select([feature.name for feature in used]).to_numpy().astype(np.float64)
    values[~np.isfinite(values)] = np.nan
    paths = peer_paths(_aligned(features, attributes, key), model_settings().hierarchy[entity])
    return Population(features[key], used, values, paths, _spent(features, spend, key))


def _aligned(features: pl.DataFrame, other: pl.DataFrame, key: str) -> pl.DataFrame:
    """Rows of another frame in the order of the features; nulls for entities that it lacks."""
    return features.select(key).join(other, on=key, how="left", maintain_order="left")


def _spent(features: pl.DataFrame, spend: pl.DataFrame, key: str) -> Fen:
    """(n,) paid by the pooled fund and from personal accounts, in the order of the features."""
    total = _aligned(features, spend, key).select(
        pl.col("pool").fill_null(0).cast(pl.Int64) + pl.col("account").fill_null(0).cast(pl.Int64)
    )
    return total.to_series().to_numpy()


def _fit(entity: Entity, population: Population, seed: int) -> Anomaly:
    names = [feature.name for feature in population.features]
    directions = [feature.direction for feature in population.features]
    model = Anomaly(entity, names, directions, model_settings().hierarchy[entity])
    return model.fit(population.values, population.paths, seed)


def _ranked(model: Anomaly, population: Population, capacity: int) -> pl.DataFrame:
    """Everybody by rank, with explanations: the columns of `SCHEMA`."""
    deviations = model.deviations(population.values, population.paths)
    scores = model.score(deviations)
    order = _order(population, scores)
    explained = explain(model, population, deviations, scores, order, capacity)
    ranks = pl.DataFrame(
        {
            "entity_id": population.ids,
            "score": scores,
            "spend_rank": pl.Series(population.spent).rank("min", descending=True),
        }
    )
    ranked = ranks.hstack(explained)[order].with_row_index("rank", 1)
    return ranked.select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())


def _order(population: Population, scores: Numbers) -> NDArray[np.int64]:
    """Rows by rank: the highest score first, equals by spend, then by id."""
    keys = pl.DataFrame({"score": scores, "spent": population.spent, "id": population.ids})
    return (
        keys.select(pl.arg_sort_by("score", "spent", "id", descending=[True, True, False]))
        .to_series()
        .to_numpy()
    )


def _metrics(frame: pl.DataFrame, population: Population, capacity: int) -> dict[str, float]:
    """What is logged: sizes, scores, and how much the list differs from a list by spend."""
    listed = frame.filter("on_model")
    by_spend = frame.filter(pl.col("spend_rank") <= capacity)
    both = len(listed.join(by_spend, on="entity_id", how="semi"))
    spent = pl.DataFrame({"entity_id": population.ids, "spent": population.spent})
    listed_spent = listed.join(spent, on="entity_id", how="left")["spent"].sum()
    return {
        "entities": float(len(frame)),
        "features": float(population.values.shape[1]),
        "not_applicable_share": float(np.isnan(population.values).mean()),
        "listed": float(len(listed)),
        "list_line": float(listed["score"].to_numpy().min()) if len(listed) else 0.0,
        "median_score": float(np.median(frame["score"].to_numpy())),
        "listed_also_by_spend": both / len(listed) if len(listed) else 0.0,
        "listed_spend_share": float(listed_spent / max(int(population.spent.sum()), 1)),
    }
