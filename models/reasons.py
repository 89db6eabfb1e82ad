"""Why an entity is on the list, in figures that can be counted again.

Every reason names a value, the peers' median and the entity's place among the peers *in the data at hand*: the
reader finds the same figures in the features and the ``peer_group`` of the run. The peers are those whom the model
held the value against: where too few of the entity's own group have the value, the group above. A reason is
strong when few peers reach the value (the surprisal of the tail score).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from features.registry import Direction, Feature
from models.frozen import Numbers
from models.peers import log_scale
from models.wording import sentences

MOST = 3  # reasons told; the design says so


@dataclass(frozen=True)
class Reason:
    """One feature in which an entity stands out.

    Attributes:
        feature: its name.
        value: the entity's value, in the feature's unit.
        median: of the peers who have a value.
        rank: 1 is the most suspicious value; equals share the better rank, and the sentence says how many.
        peers: how many have a value, the entity included.
        group: path of the group that was counted.
        en, zh: the sentence.
    """

    feature: str
    value: float
    median: float
    rank: int
    peers: int
    group: str
    en: str
    zh: str


def strongest(surprise: Numbers, clipped: Numbers) -> list[int]:
    """Columns of the features on the suspicious side of the peers' median, the most surprising first.

    Args:
        surprise: (F,) surprisal of one entity.
        clipped: (F,) its deviations.
    """
    order = np.argsort(-surprise, kind="stable")
    return [int(column) for column in order if clipped[column] > 0]


def reason(one: Feature, value: float, peers: Numbers, group: str) -> Reason:
    """The reason that a value gives.

    Args:
        one: the feature.
        value: of the entity.
        peers: values of its peers, its own included; NaN is not applicable.
        group: path of the group that they are the members of.
    """
    known = peers[~np.isnan(peers)]
    median = float(np.median(known))
    strange = _strangeness(known, median, one.direction)
    own = _strangeness(np.array([value]), median, one.direction)
    rank, shared = 1 + int((strange > own).sum()), int((strange == own).sum())
    en, zh = sentences(one, value, median, rank, shared, len(known), group)
    return Reason(one.name, value, median, rank, len(known), group, en, zh)


def _strangeness(values: Numbers, median: float, direction: Direction) -> Numbers:
    """More is more suspicious; on both sides, how far from the median."""
    if direction == "both":
        away: Numbers = np.abs(log_scale(values) - log_scale(np.array([median])))
        return away
    return values if direction == "high" else -values


def told(one: Reason, own_group: str) -> dict[str, Any]:
    """A reason as the scores keep it; ``group`` is said only where it is not the entity's own peer group."""
    kept = asdict(one)
    return kept if one.group != own_group else {name: kept[name] for name in kept if name != "group"}


def as_json(content: object) -> str:
    """Stable JSON text for the scores' columns; NaN is refused."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, allow_nan=False)
