"""Distance from the nearest crowds: anomalous is what lies far from where entities gather.

The crowds are k-means centroids of at least five entities. No entity's row is stored, and an outlier never
becomes its own neighbor.
"""

from __future__ import annotations

import numpy as np

from models.deviations import Deviations
from models.frozen import Numbers
from models.settings import model_settings


class Neighbours:
    """Mean distance to the nearest centroids; higher is more anomalous.

    Attributes (learnt):
        centroids: (C, F), most populous first.
    """

    def fit(self, deviations: Deviations, seed: int) -> Neighbours:
        """Find the crowds, in a sample of the entities in their canonical order."""
        from sklearn.cluster import KMeans  # slow to import
        from threadpoolctl import threadpool_limits

        settings = model_settings().values
        rows = deviations.clipped[deviations.canonical_order]
        if len(rows) > settings.centroid_sample:
            sample = np.random.default_rng(seed).choice(len(rows), settings.centroid_sample, replace=False)
            rows = rows[np.sort(sample)]
        wanted = min(len(rows) // settings.members_per_centroid, settings.most_centroids)
        wanted = max(1, min(wanted, len(np.unique(rows, axis=0))))
        with threadpool_limits(limits=1):  # sums of several threads differ in the last bit from run to run
            crowds = KMeans(wanted, n_init=1, random_state=seed).fit(rows)
        counts = np.bincount(crowds.labels_, minlength=wanted)
        order = np.argsort(-counts, kind="stable")
        kept = order[counts[order] >= min(settings.least_members, counts.max())]
        self.centroids = np.asarray(crowds.cluster_centers_[kept], dtype=np.float64)
        return self

    def score(self, deviations: Deviations) -> Numbers:
        """(n,) mean distance in robust standard deviations."""
        from scipy.spatial.distance import cdist

        nearest = min(model_settings().values.neighbours, len(self.centroids))
        # cdist, unlike a matrix product, gives a row the same distance alone or among others.
        distances: Numbers = np.sort(cdist(deviations.clipped, self.centroids), axis=1)[:, :nearest]
        total: Numbers = np.zeros(len(distances))
        for position in range(nearest):  # in a fixed order: the same sum alone or among others
            total += distances[:, position]
        return np.asarray(total / nearest, dtype=np.float64)
