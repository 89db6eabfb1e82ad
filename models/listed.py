"""The list: its entities with their peer group, their reasons, and what would take them off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
import polars as pl
from numpy.typing import NDArray

from features.registry import Feature
from models.anomaly import Anomaly
from models.decided import decided
from models.deviations import Deviations
from models.frozen import Numbers
from models.leaving import Strange, leaving
from models.peers import SEPARATOR, Peers, members
from models.reasons import MOST, Reason, as_json, reason, strongest, told
from models.tails import surprisal


class Crowd:
    """The members of each peer group in the data at hand, and what they were held against.

    Args:
        peers: of the fitted model.
        paths: (n rows) groups that each entity could belong to.
        values: (n, F).
    """

    def __init__(self, peers: Peers, paths: pl.DataFrame, values: Numbers) -> None:
        self._peers, self._values = peers, values
        self._deepest = peers.assign(paths)
        self.group = pl.Series("peer_group", [peers.groups[at] for at in self._deepest])
        self._found: dict[str, NDArray[np.int64]] = {}

    def of(self, group: str) -> NDArray[np.int64]:
        """Rows of everybody in a group."""
        if group not in self._found:
            inside = self.group.to_frame().select(members(pl.col("peer_group"), group)).to_series()
            self._found[group] = np.flatnonzero(inside.to_numpy())
        return self._found[group]

    def reason(self, one: Feature, row: int, column: int) -> Reason:
        """The reason that a value gives, among the members of the group that the model held it against."""
        source = self._peers.groups[self._peers.source[self._deepest[row], column]]
        group, held = self._enough(source, self._values[:, column])
        return reason(one, float(self._values[row, column]), held, group)

    def _enough(self, group: str, values: Numbers) -> tuple[str, Numbers]:
        """The nearest group at or above one in which enough have a value, and its members' values.

        The group that a model learnt from has enough; in later data it may have shrunk.
        """
        held: Numbers = values[self.of(group)]
        while SEPARATOR in group and np.isfinite(held).sum() < decided()["least_peers"]:
            group = group.rpartition(SEPARATOR)[0]
            held = values[self.of(group)]
        return group, held


def explain(
    model: Anomaly,
    used: Sequence[Feature],
    values: Numbers,
    paths: pl.DataFrame,
    seen: Deviations,
    scores: Numbers,
    order: NDArray[np.int64],
    capacity: int,
) -> pl.DataFrame:
    """Peer group of everybody, and the list's reasons.

    Listed are the ``capacity`` strangest, as far as anything about them is strange: an entity that stands out
    in no feature is not listed, however short the list.

    Args:
        model: the fitted ensemble.
        used: declarations of its features.
        values: (n, F).
        paths: of the peers, same rows.
        seen: deviations, same rows.
        scores: (n,) same rows.
        order: rows by rank, the strangest first.
        capacity: length of the list.

    Returns:
        ``peer_group``, ``peers``, ``on_model``, ``reasons`` and ``leaves_list_if``, rows as given.
    """
    crowd = Crowd(model.peers, paths, values)
    group = crowd.group
    reasons: dict[int, list[Reason]] = {}
    listed: list[Strange] = []
    for row in order[:capacity].tolist():
        columns = strongest(surprisal(seen.share[row]), seen.clipped[row])
        if columns:
            reasons[row] = [crowd.reason(used[at], row, at) for at in columns]
            listed.append(Strange(row, columns, [one.median for one in reasons[row]]))
    leaves = dict(zip(reasons, leaving(model, values, paths, scores, listed, capacity), strict=True))
    rows = range(len(values))
    sizes = {name: len(crowd.of(name)) for name in group.unique()}
    return pl.DataFrame(
        {
            "peer_group": group,
            "peers": group.replace_strict(sizes, return_dtype=pl.Int64),
            "on_model": [row in reasons for row in rows],
            "reasons": [
                as_json([told(one, group[row]) for one in reasons.get(row, [])[:MOST]]) for row in rows
            ],
            "leaves_list_if": [as_json(asdict(leaves[row])) if row in leaves else None for row in rows],
        },
        schema_overrides={"leaves_list_if": pl.String},
    )
