"""What would have to be explained for an entity to leave the list.

The answer is tried, not derived: the entity is scored again with some of its anomalous values set to the peers'
median, and compared with the scores of all others.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from models.anomaly import Anomaly
from models.frozen import Numbers
from models.reasons import MOST_REASONS


@dataclass(frozen=True)
class Listed:
    """An entity on the list.

    Attributes:
        row: its row in the values.
        columns: features in which it stands out, strongest first.
        medians: of the peers in these features.
    """

    row: int
    columns: list[int]
    medians: list[float]


@dataclass(frozen=True)
class Counterfactual:
    """The smallest explanation after which an entity is off the list.

    Attributes:
        features: names; as few as possible of the reasons, or all reasons and the next strongest features where the
            reasons do not suffice; none when no explanation suffices.
        rank_then: the rank that the entity would have.
    """

    features: list[str]
    rank_then: int


def trials(features: int) -> list[tuple[int, ...]]:
    """Subsets of anomalous features to try, in order: first of the reasons, then longer lists."""
    reasons = range(min(MOST_REASONS, features))
    subsets = [subset for size in reasons for subset in itertools.combinations(reasons, size + 1)]
    return subsets + [tuple(range(size)) for size in range(MOST_REASONS + 1, features + 1)]


def counterfactuals(
    model: Anomaly,
    values: Numbers,
    paths: pl.DataFrame,
    scores: Numbers,
    listed: Sequence[Listed],
    capacity: int,
) -> Iterator[Counterfactual]:
    """For each listed entity, the first trial that takes it off the list.

    Args:
        model: the fitted ensemble.
        values: (n, F) of everybody.
        paths: peer paths, same rows.
        scores: (n,) same rows.
        listed: entities to try.
        capacity: length of the list.
    """
    tried = [(entity, subset) for entity in listed for subset in trials(len(entity.columns))]
    rows = [entity.row for entity, _ in tried]
    changed = values[rows]
    for number, (entity, subset) in enumerate(tried):
        columns = [entity.columns[index] for index in subset]
        changed[number, columns] = [entity.medians[index] for index in subset]
    new_scores = model.score(model.deviations(changed, paths[rows]))
    rising = np.sort(scores)
    above = len(rising) - np.searchsorted(rising, new_scores, side="right")
    ranks = iter((1 + above - (scores[rows] > new_scores)).tolist())
    for entity in listed:
        ranked = [(subset, next(ranks)) for subset in trials(len(entity.columns))]
        subset, rank = next((trial for trial in ranked if trial[1] > capacity), ((), ranked[-1][1]))
        yield Counterfactual([model.features[entity.columns[index]] for index in subset], rank)
