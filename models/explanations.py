"""Explanations of the list: each entity's peer group, its reasons, and its counterfactual."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import polars as pl
from numpy.typing import NDArray

from features.registry import Feature
from models.anomaly import Anomaly
from models.counterfactuals import Listed, counterfactuals
from models.deviations import Deviations, Population
from models.frozen import Numbers
from models.peers import SEPARATOR, Peers, members
from models.reasons import MOST_REASONS, Reason, as_json, reason, render_reason, strongest
from models.settings import model_settings
from models.tails import surprisal


class PeerGroups:
    """Members of each peer group in the data at hand, and the values that an entity is compared with.

    Args:
        peers: of the fitted model.
        paths: (n rows) groups that each entity could belong to.
        values: (n, F).
    """

    def __init__(self, peers: Peers, paths: pl.DataFrame, values: Numbers) -> None:
        self._peers, self._values = peers, values
        self._deepest = peers.assign(paths)
        self.group = pl.Series("peer_group", [peers.groups[index] for index in self._deepest])
        self._rows: dict[str, NDArray[np.int64]] = {}

    def rows(self, group: str) -> NDArray[np.int64]:
        """Rows of the members of a group."""
        if group not in self._rows:
            inside = self.group.to_frame().select(members(pl.col("peer_group"), group)).to_series()
            self._rows[group] = np.flatnonzero(inside.to_numpy())
        return self._rows[group]

    def reason(self, feature: Feature, row: int, column: int) -> Reason:
        """The reason that a value gives, among the peers with whom the model compared it."""
        source = self._peers.groups[self._peers.source[self._deepest[row], column]]
        group, values = self._enough(source, self._values[:, column])
        return reason(feature, float(self._values[row, column]), values, group)

    def _enough(self, group: str, values: Numbers) -> tuple[str, Numbers]:
        """The nearest group, upwards, in which enough members have a value, and its members' values.

        The group that a model learnt from has enough; in later data it may have shrunk.
        """
        least = model_settings().values.least_peers
        own: Numbers = values[self.rows(group)]
        while SEPARATOR in group and np.isfinite(own).sum() < least:
            group = group.rpartition(SEPARATOR)[0]
            own = values[self.rows(group)]
        return group, own


def explain(
    model: Anomaly,
    population: Population,
    deviations: Deviations,
    scores: Numbers,
    order: NDArray[np.int64],
    capacity: int,
) -> pl.DataFrame:
    """Peer group of every entity, and reasons and counterfactual of those on the list.

    The list holds the ``capacity`` highest-ranked entities, without those that stand out in no feature.

    Args:
        model: the fitted ensemble.
        population: n entities.
        deviations: same rows.
        scores: (n,) same rows.
        order: rows by rank.
        capacity: length of the list.

    Returns:
        ``peer_group``, ``peers``, ``on_model``, ``reasons`` and ``leaves_list_if`` (the counterfactual); rows as
        given.
    """
    groups = PeerGroups(model.peers, population.paths, population.values)
    reasons: dict[int, list[Reason]] = {}
    listed: list[Listed] = []
    for row in order[:capacity].tolist():
        columns = strongest(surprisal(deviations.share[row]), deviations.clipped[row])
        if columns:
            reasons[row] = [groups.reason(population.features[column], row, column) for column in columns]
            listed.append(Listed(row, columns, [item.median for item in reasons[row]]))
    tried = counterfactuals(model, population.values, population.paths, scores, listed, capacity)
    counterfactual = dict(zip(reasons, tried, strict=True))
    rows = range(len(population.values))
    sizes = {name: len(groups.rows(name)) for name in groups.group.unique()}
    return pl.DataFrame(
        {
            "peer_group": groups.group,
            "peers": groups.group.replace_strict(sizes, return_dtype=pl.Int64),
            "on_model": [row in reasons for row in rows],
            "reasons": [_reasons_json(reasons.get(row, []), groups.group[row]) for row in rows],
            "leaves_list_if": [
                as_json(asdict(counterfactual[row])) if row in counterfactual else None for row in rows
            ],
        },
        schema_overrides={"leaves_list_if": pl.String},
    )


def _reasons_json(reasons: list[Reason], own_group: str) -> str:
    return as_json([render_reason(item, own_group) for item in reasons[:MOST_REASONS]])
