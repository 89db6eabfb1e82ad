"""Why an entity is on the list, in figures that can be counted again, and what would take it off.

Every reason names a value, the peers' median and the entity's place among the peers *in the data at hand*: the
reader finds the same figures in the features and ``peer_group`` of the run. A reason is strong when few peers
reach the value (the surprisal of the tail score).
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.registry import Feature
from models.frozen import Numbers
from models.peers import log_scale
from models.wording import sentences

MOST = 3  # reasons told


@dataclass(frozen=True)
class Reason:
    """One feature in which an entity stands out.

    Attributes:
        feature: its name.
        value: the entity's value, in the feature's unit.
        median: of the peers who have a value.
        rank: 1 is the most suspicious value; equals share the better rank.
        peers: how many have a value, the entity included.
        en, zh: the sentence.
    """

    feature: str
    value: float
    median: float
    rank: int
    peers: int
    en: str
    zh: str


def strongest(surprise: Numbers) -> list[int]:
    """Columns of the most surprising features, strongest first; only those that surprise at all."""
    order = np.argsort(-surprise, kind="stable")[:MOST]
    return [int(column) for column in order if surprise[column] > 0]


def reason(one: Feature, value: float, peers: Numbers, group: str) -> Reason:
    """The reason that a value gives, against the peers' values (NaN: not applicable), the entity's included."""
    known = peers[~np.isnan(peers)]
    median = float(np.median(known))
    stranger = {
        "high": known > value,
        "low": known < value,
        "both": np.abs(log_scale(known) - log_scale(np.array(median)))
        > np.abs(log_scale(np.array(value)) - log_scale(np.array(median))),
    }[one.direction]
    rank = 1 + int(stranger.sum())
    en, zh = sentences(one, value, median, rank, len(known), group)
    return Reason(one.name, value, median, rank, len(known), en, zh)


@dataclass(frozen=True)
class Leaves:
    """What would have to be explained for an entity to leave the list.

    Attributes:
        features: the smallest set of its reasons that, each at the peers' median, is enough; none when even all
            of them are not.
        rank_then: its rank with these explained (with all of them, when none is enough).
    """

    features: list[str]
    rank_then: int


def leaves_list_if(
    columns: Sequence[int],
    reasons: Sequence[Reason],
    rescored: Callable[[list[dict[int, float]]], Numbers],
    others: Numbers,
    capacity: int,
) -> Leaves:
    """Try every set of reasons, the smallest and strongest first, by scoring the entity again.

    Args:
        columns: of the reasons' features.
        reasons: strongest first.
        rescored: scores of the entity with some columns set to other values.
        others: sorted scores of all other entities.
        capacity: length of the list.
    """
    trials: list[tuple[int, ...]] = [
        subset
        for size in range(1, len(columns) + 1)
        for subset in itertools.combinations(range(len(columns)), size)
    ]
    scores = rescored([{columns[at]: reasons[at].median for at in subset} for subset in trials])
    ranks: NDArray[np.int64] = 1 + len(others) - np.searchsorted(others, scores, side="right")
    for subset, rank in zip(trials, ranks, strict=True):
        if rank > capacity:
            return Leaves([reasons[at].feature for at in subset], int(rank))
    return Leaves([], int(ranks[-1]))


def as_json(told: object) -> str:
    """Stable JSON text for the scores' columns; NaN is refused."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, allow_nan=False)
