"""What would have to be explained for an entity to leave the list.

The answer is tried, not derived: the entity is scored again with some of its strange values set to the peers'
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
from models.reasons import MOST


@dataclass(frozen=True)
class Strange:
    """One listed entity.

    Attributes:
        row: its place in the values.
        columns: of the features in which it stands out, strongest first.
        medians: of the peers in these features.
    """

    row: int
    columns: list[int]
    medians: list[float]


@dataclass(frozen=True)
class Leaves:
    """The smallest explanation that is enough.

    Attributes:
        features: names; of the strongest reasons as few as possible, all of them and the next strongest where
            those told are not enough; none when no explanation is.
        rank_then: the rank that the entity would have.
    """

    features: list[str]
    rank_then: int


def trials(features: int) -> list[tuple[int, ...]]:
    """What is tried for so many strange features, in order: subsets of the reasons told, then longer lists."""
    told = range(min(MOST, features))
    subsets = [subset for size in told for subset in itertools.combinations(told, size + 1)]
    return subsets + [tuple(range(size)) for size in range(MOST + 1, features + 1)]


def leaving(
    model: Anomaly,
    values: Numbers,
    paths: pl.DataFrame,
    scores: Numbers,
    listed: Sequence[Strange],
    capacity: int,
) -> Iterator[Leaves]:
    """For each listed entity, the first trial that takes it off the list.

    Args:
        model: the fitted ensemble.
        values: (n, F) of everybody.
        paths: of the peers, same rows.
        scores: (n,) same rows.
        listed: whom to try.
        capacity: length of the list.
    """
    tried = [(one, subset) for one in listed for subset in trials(len(one.columns))]
    rows = [one.row for one, _ in tried]
    changed = values[rows]
    for at, (one, subset) in enumerate(tried):
        changed[at, [one.columns[place] for place in subset]] = [one.medians[place] for place in subset]
    then = model.score(model.deviations(changed, paths[rows]))
    rising = np.sort(scores)
    above = len(rising) - np.searchsorted(rising, then, side="right")
    ranks = iter((1 + above - (scores[rows] > then)).tolist())
    for one in listed:
        found = [(subset, next(ranks)) for subset in trials(len(one.columns))]
        off = next((trial for trial in found if trial[1] > capacity), ((), found[-1][1]))
        yield Leaves([model.features[one.columns[place]] for place in off[0]], off[1])
