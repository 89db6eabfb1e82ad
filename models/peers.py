"""Peers: with whom an entity is fairly compared, and how far from them it is.

A peer group is a path of attributes, broadest first: ``all/pharmacy/ungraded/320602``. An entity belongs to
the deepest group on its path that had enough members when the model was fitted, so that a small group falls
back to the one above it; a feature that too few of the group's members have is compared within the group above.
The members of a group are all entities whose own path runs through it:
`members` finds them again from the ``peer_group`` column of the scores.

Values are compared on a logarithmic scale (``log1p``; mirrored below zero), by distance from the group's median
in robust standard deviations, turned so that more is more suspicious. What is kept is the median, the
scale and a quantile grid of each feature and group: no entity's row.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from features.registry import Direction
from models.frozen import Numbers, freeze, share_above, tail_levels
from models.settings import model_settings

ALL = "all"
SEPARATOR = "/"
_MAD_TO_SD = 1.4826  # of a normal distribution, as is the next
_IQR_TO_SD = 1 / 1.349


def peer_paths(attributes: pl.DataFrame, hierarchy: Sequence[str]) -> pl.DataFrame:
    """The groups that each entity could belong to, broadest first.

    Args:
        attributes: one row per entity; a column of the hierarchy that is missing or null is "unknown".
        hierarchy: attribute columns, broadest first.

    Returns:
        Columns ``0`` (everybody) to ``len(hierarchy)``, rows as given.
    """
    steps: list[pl.Expr] = [pl.repeat(ALL, pl.len(), dtype=pl.String)]
    for column in hierarchy:
        known = pl.col(column).cast(pl.String) if column in attributes.columns else pl.lit(None, pl.String)
        steps.append(known.fill_null("unknown").str.replace_all(SEPARATOR, "-", literal=True))
    paths = [
        pl.concat_str(steps[: depth + 1], separator=SEPARATOR).alias(str(depth))
        for depth in range(len(steps))
    ]
    return attributes.select(paths) if attributes.columns else pl.DataFrame()


def members(peer_group: pl.Expr, group: str) -> pl.Expr:
    """Whether an entity with this ``peer_group`` is a member of ``group``: it is the group, or lies below it."""
    return (peer_group == group) | peer_group.str.starts_with(group + SEPARATOR)


def log_scale(values: Numbers) -> Numbers:
    """``log1p``, mirrored for negative values, so that it can be taken of any finite number."""
    # Rounded so that no processor's last bit decides whether two entities are equal.
    return np.round(np.sign(values) * np.log1p(np.abs(values)), 12)


class Peers:
    """Frozen statistics of every peer group with enough members.

    Attributes (learnt; G groups, F features, Q levels):
        groups: paths, broadest first, then by name.
        centre, scale, size: (G, F) median and robust standard deviation on the log scale, and how many had a value.
        grid: (G, F, Q) quantiles of the turned deviation.
        source: (G, F) index of the group whose members these were learnt from: the group itself, or one above.
        levels: (Q,) their shares.
    """

    def __init__(self, directions: Sequence[Direction]) -> None:
        self.directions = list(directions)

    def fit(self, values: Numbers, paths: pl.DataFrame) -> Peers:
        """Learn the groups.

        Args:
            values: (n, F) as registered, NaN where not applicable.
            paths: from `peer_paths`, same rows.
        """
        logs = log_scale(values)
        self.levels = tail_levels(len(values))
        self.groups: list[str] = []
        learnt: list[tuple[Numbers, ...]] = []
        for depth, column in enumerate(paths.columns):
            for group, rows in _groups(paths[column]):
                if depth and len(rows) < model_settings().values.least_peers:
                    continue
                above = learnt[self._above(group)] if depth else None
                self.groups.append(group)
                learnt.append(self._learn(logs[rows], above, len(learnt)))
        stacked = [np.stack(part) for part in zip(*learnt, strict=True)]
        self.centre, self.scale, self.size, self.grid = stacked[:-1]
        self.source: NDArray[np.int64] = stacked[-1].astype(np.int64)
        return self

    def _above(self, group: str) -> int:
        """Index of the nearest group above a group, among those already learnt."""
        while SEPARATOR in group:
            group = group.rpartition(SEPARATOR)[0]
            if group in self.groups:
                return self.groups.index(group)
        return 0

    def _learn(self, logs: Numbers, above: tuple[Numbers, ...] | None, own: int) -> tuple[Numbers, ...]:
        """Center, scale, size, grid and source of a group; those of the group above where too few have a value."""
        columns: list[tuple[float, float, float, Numbers, float]] = []
        for feature, direction in enumerate(self.directions):
            known = np.sort(logs[~np.isnan(logs[:, feature]), feature])
            if above is not None and len(known) < model_settings().values.least_peers:
                columns.append(tuple(part[feature] for part in above))
                continue
            if not len(known):
                center, scale, size, grid = 0.0, 1.0, 0.0, np.zeros(len(self.levels))
            else:
                center = float(np.median(known))
                scale = _scale(known, center, None if above is None else float(above[1][feature]))
                size = float(len(known))
                grid = freeze(np.sort(_turned(known, center, scale, direction)), self.levels)
            columns.append((center, scale, size, grid, float(own)))
        return tuple(np.asarray(part, dtype=float) for part in zip(*columns, strict=True))

    def assign(self, paths: pl.DataFrame) -> NDArray[np.int64]:
        """Index of the deepest learnt group of each entity; of everybody (0) when none is known."""
        index = {group: position for position, group in enumerate(self.groups)}
        deepest = np.zeros(len(paths), dtype=np.int64)
        for column in paths.columns:
            known = paths[column].replace_strict(index, default=-1, return_dtype=pl.Int64).to_numpy()
            deepest = np.where(known >= 0, known, deepest)
        return deepest

    def deviation(self, values: Numbers, group: NDArray[np.int64]) -> Numbers:
        """(n, F) turned distance from the peers' median in robust standard deviations; NaN stays NaN."""
        logs = log_scale(values)
        turned = [
            _turned(logs[:, feature], self.centre[group, feature], self.scale[group, feature], direction)
            for feature, direction in enumerate(self.directions)
        ]
        # Rounded like the logarithms. C order, as scoring adds row by row.
        return np.asarray(np.column_stack(turned).round(10), dtype=np.float64)

    def share(self, deviation: Numbers, group: NDArray[np.int64]) -> Numbers:
        """(n, F) share of the peers at least as anomalous, from the frozen grids; 1 where there is no value."""
        shares = np.ones_like(deviation)
        for position in np.unique(group):
            rows = np.flatnonzero(group == position)
            for feature in range(deviation.shape[1]):
                shares[rows, feature] = share_above(
                    deviation[rows, feature],
                    self.grid[position, feature],
                    self.levels,
                    self.size[position, feature],
                )
        return shares


def _groups(path: pl.Series) -> list[tuple[str, NDArray[np.int64]]]:
    """Rows of each group of one level, by name."""
    rows = path.to_frame("group").with_row_index("row").group_by("group").agg("row").sort("group")
    return [(group, np.asarray(indices, dtype=np.int64)) for group, indices in rows.iter_rows()]


def _turned(logs: Numbers, center: Numbers | float, scale: Numbers | float, direction: Direction) -> Numbers:
    distance = (logs - center) / scale
    if direction == "both":
        return np.abs(distance)
    return distance if direction == "high" else -distance


def _scale(known: Numbers, center: float, above: float | None) -> float:
    """Robust standard deviation that is never zero.

    The MAD, else the interquartile range, at least a share of the scale one level up. Where even
    the middle half of everybody is equal (rare events), the mean distance of those who differ; else one log unit.
    """
    away = np.sort(np.abs(known - center))
    spread = _MAD_TO_SD * float(np.median(away))
    if spread == 0:
        spread = _IQR_TO_SD * float(np.subtract(*np.quantile(known, [0.75, 0.25])))
    if above is not None:
        return max(spread, above * (model_settings().values.least_scale if spread else 1.0))
    differing = away[away > 0]
    return spread or (float(differing.mean()) if len(differing) else 1.0)
