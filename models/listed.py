"""The list: its entities with their peer group, their reasons, and what would take them off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
import polars as pl

from features.registry import Feature
from models.anomaly import Anomaly
from models.deviations import Deviations
from models.frozen import Numbers
from models.peers import members
from models.reasons import Leaves, Reason, as_json, leaves_list_if, reason, strongest
from models.tails import surprisal


def explain(
    model: Anomaly,
    used: Sequence[Feature],
    values: Numbers,
    paths: pl.DataFrame,
    seen: Deviations,
    ranked: pl.DataFrame,
    capacity: int,
) -> pl.DataFrame:
    """Peer group of everybody, and the list's reasons.

    Listed are the ``capacity`` strangest, as far as anything about them is strange: an entity that stands out
    in no feature is not listed however short the list.

    Args:
        model: the fitted ensemble.
        used: declarations of its features.
        values: (n, F).
        paths: of the peers, same rows.
        seen: deviations, same rows.
        ranked: everybody by rank; ``row`` is the place in ``values``.
        capacity: length of the list.

    Returns:
        ``peer_group``, ``peers``, ``on_model``, ``reasons``, ``leaves_list_if`` in the order of ``ranked``.
    """
    group = pl.Series("peer_group", [model.peers.groups[at] for at in model.peers.assign(paths)])
    rows = ranked["row"].to_numpy()
    crowd = _Crowd(group)
    listing = _Listing(model, used, values, paths, crowd, ranked["score"].to_numpy(), capacity)
    told: list[list[Reason]] = []
    leaves: list[Leaves | None] = []
    for place, row in enumerate(rows[:capacity]):
        columns = strongest(surprisal(seen.share[row]))
        told.append(listing.reasons(row, columns))
        leaves.append(listing.leaves(place, row, columns, told[-1]) if columns else None)
    rest = len(rows) - len(told)
    return pl.DataFrame(
        {
            "peer_group": group.gather(rows),
            "peers": [crowd.size(name) for name in group.gather(rows)],
            "on_model": [bool(one) for one in told] + [False] * rest,
            "reasons": [as_json([asdict(one) for one in some]) for some in told] + ["[]"] * rest,
            "leaves_list_if": [None if one is None else as_json(asdict(one)) for one in leaves]
            + [None] * rest,
        },
        schema_overrides={"leaves_list_if": pl.String, "peer_group": pl.String, "peers": pl.Int64},
    )


class _Crowd:
    """The members of each peer group in the data at hand, found once."""

    def __init__(self, group: pl.Series) -> None:
        self._group = group
        counts = group.value_counts()
        self._counts = dict(zip(counts["peer_group"], counts["count"], strict=True))
        self._rows: dict[str, np.ndarray[tuple[int], np.dtype[np.int64]]] = {}
        self._sizes: dict[str, int] = {}

    def rows(self, name: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        if name not in self._rows:
            inside = self._group.to_frame().select(members(pl.col("peer_group"), name)).to_series()
            self._rows[name] = np.flatnonzero(inside.to_numpy())
        return self._rows[name]

    def size(self, name: str) -> int:
        if name not in self._sizes:
            self._sizes[name] = sum(
                count
                for other, count in self._counts.items()
                if other == name or other.startswith(name + "/")
            )
        return self._sizes[name]


class _Listing:
    """What is needed to explain one entity after the other."""

    def __init__(
        self,
        model: Anomaly,
        used: Sequence[Feature],
        values: Numbers,
        paths: pl.DataFrame,
        crowd: _Crowd,
        scores: Numbers,
        capacity: int,
    ) -> None:
        self.model, self.used, self.values, self.paths = model, used, values, paths
        self.crowd, self.capacity = crowd, capacity
        self.rising = scores[::-1]
        self.group = model.peers.assign(paths)

    def reasons(self, row: int, columns: Sequence[int]) -> list[Reason]:
        name = self.model.peers.groups[self.group[row]]
        peers = self.crowd.rows(name)
        return [
            reason(self.used[column], float(self.values[row, column]), self.values[peers, column], name)
            for column in columns
        ]

    def leaves(self, place: int, row: int, columns: Sequence[int], reasons: Sequence[Reason]) -> Leaves:
        others = np.delete(self.rising, len(self.rising) - 1 - place)

        def rescored(trials: list[dict[int, float]]) -> Numbers:
            changed = np.repeat(self.values[row : row + 1], len(trials), axis=0)
            for at, trial in enumerate(trials):
                for column, value in trial.items():
                    changed[at, column] = value
            paths = self.paths[[row] * len(trials)]
            return self.model.score(self.model.deviations(changed, paths))

        return leaves_list_if(columns, reasons, rescored, others, self.capacity)
