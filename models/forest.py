"""Isolation forest on suspicious deviations: anomalous is what few random cuts isolate (Liu et al. 2008)."""

from __future__ import annotations

import numpy as np

from models.deviations import Deviations
from models.frozen import Numbers
from models.settings import model_settings


class Forest:
    """scikit-learn's IsolationForest; higher is more anomalous. It stores cuts, not entities."""

    def fit(self, deviations: Deviations, seed: int) -> Forest:
        """Grow the trees on entities in their canonical order."""
        from sklearn.ensemble import IsolationForest  # slow to import

        settings = model_settings().values
        self.forest = IsolationForest(
            n_estimators=settings.trees,
            max_samples=min(settings.tree_sample, len(deviations.clipped)),
            random_state=seed,
        )
        self.forest.fit(deviations.clipped[deviations.canonical_order])
        return self

    def score(self, deviations: Deviations) -> Numbers:
        """(n,) anomaly score in 0–1."""
        return np.asarray(-self.forest.score_samples(deviations.clipped), dtype=np.float64)
