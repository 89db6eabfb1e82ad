"""How anomalous an entity is: the mean of three frozen ranks among its peers.

Forest, neighbours and tails err on different kinds of anomalies; the mean of their ranks was the most robust
choice in the comparisons of the literature and in ours. Each rank is read from the distribution of raw
scores frozen at fit, so a score means the same in every later run, and for one entity alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from features.registry import Direction
from models.deviations import Deviations
from models.forest import Forest
from models.frozen import Numbers, freeze, share_above, tail_levels
from models.neighbours import Neighbours
from models.peers import Peers
from models.settings import model_settings
from models.tails import Tails

SCORERS = ("forest", "neighbours", "tails")
_PART = 20_000  # rows scored at a time: memory only, the scores do not depend on it


class Anomaly:
    """The ensemble, with the peers it compares with. A saved one holds aggregates only.

    Args:
        entity: kind of entity that it scores.
        features: names of the columns, in the order of ``values``.
        directions: the suspicious side of each.
        hierarchy: attribute columns that make peer groups, broadest first.

    Attributes (learnt):
        peers, forest, neighbours, tails: the parts.
        levels: (Q,); grids: scorer → (Q,) frozen raw scores; unit: scorer → their spread; size: entities fitted.
    """

    def __init__(
        self, entity: str, features: Sequence[str], directions: Sequence[Direction], hierarchy: Sequence[str]
    ) -> None:
        self.entity = entity
        self.features = list(features)
        self.hierarchy = list(hierarchy)
        self.peers = Peers(directions)
        self.forest = Forest()
        self.neighbours = Neighbours()
        self.tails = Tails()

    def fit(self, values: Numbers, paths: pl.DataFrame, seed: int) -> Anomaly:
        """Learn from a population.

        Args:
            values: (n, F), NaN where not applicable.
            paths: from `peer_paths`, same rows.
            seed: of the forest and the centroids.
        """
        self.peers.fit(values, paths)
        self.learn(self.deviations(values, paths), seed)
        return self

    def learn(self, deviations: Deviations, seed: int) -> None:
        """Fit the three scorers and freeze the distributions of their raw scores."""
        self.size = float(len(deviations.clipped))
        self.levels = tail_levels(len(deviations.clipped))
        self.grids: dict[str, Numbers] = {}
        self.unit: dict[str, float] = {}
        for name in SCORERS:
            scorer = getattr(self, name).fit(deviations, seed)
            raw = np.sort(np.concatenate([scorer.score(part) for part in deviations.parts(_PART)]))
            self.grids[name] = freeze(raw, self.levels)
            self.unit[name] = float(raw[-1] - np.median(raw)) or 1.0

    def deviations(self, values: Numbers, paths: pl.DataFrame) -> Deviations:
        """Entities against their peers."""
        group = self.peers.assign(paths)
        away = self.peers.deviation(values, group)
        return Deviations(np.nan_to_num(np.maximum(away, 0.0)), self.peers.share(away, group))

    def ranks(self, deviations: Deviations) -> dict[str, Numbers]:
        """Frozen rank of each scorer, 0–1: the share of the fitted population that was less anomalous."""
        ranks: dict[str, list[Numbers]] = {name: [] for name in SCORERS}
        for part in deviations.parts(_PART):
            for name in SCORERS:
                raw = getattr(self, name).score(part)
                above = share_above(raw, self.grids[name], self.levels, self.size, self.unit[name])
                ranks[name].append(1.0 - above)
        return {name: np.concatenate(parts) if parts else np.empty(0) for name, parts in ranks.items()}

    def score(self, deviations: Deviations) -> Numbers:
        """(n,) mean of the three frozen ranks, 0–1, higher is more anomalous."""
        ranks = self.ranks(deviations)
        return np.round((ranks["forest"] + ranks["neighbours"] + ranks["tails"]) / len(SCORERS), 12)


def why_not(entities: int, features: int) -> str | None:
    """Why a population cannot be scored; None when it can."""
    least = model_settings().values.least_population
    if entities < least:
        return f"fewer than {least} entities"
    return None if features else "no feature can be computed from these data"
