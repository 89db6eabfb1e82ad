"""Isolation forest on suspicious deviations: strange is what few random cuts set apart (Liu et al. 2008)."""

from __future__ import annotations

import numpy as np

from models.decided import decided
from models.deviations import Deviations
from models.frozen import Numbers


class Forest:
    """scikit-learn's IsolationForest; higher is stranger. Keeps cuts, not entities."""

    def fit(self, seen: Deviations, seed: int) -> Forest:
        """Grow the trees on entities in their canonical order."""
        from sklearn.ensemble import IsolationForest  # slow to import

        self.forest = IsolationForest(
            n_estimators=decided()["trees"],
            max_samples=min(decided()["tree_sample"], len(seen.clipped)),
            random_state=seed,
        )
        self.forest.fit(seen.clipped[seen.canonical_order])
        return self

    def score(self, seen: Deviations) -> Numbers:
        """(n,) anomaly score in 0–1."""
        return np.asarray(-self.forest.score_samples(seen.clipped), dtype=np.float64)
