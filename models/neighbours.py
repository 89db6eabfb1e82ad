"""Distance from the nearest crowds: strange is what lies far from where entities gather.

The crowds are k-means centroids of at least five entities. No entity's row is kept, and a stranger never
becomes its own neighbour.
"""

from __future__ import annotations

import numpy as np

from models.decided import decided
from models.deviations import Deviations
from models.frozen import Numbers


class Neighbours:
    """Mean distance to the nearest centroids; higher is stranger.

    Attributes (learnt):
        centroids: (C, F), most populous first.
    """

    def fit(self, seen: Deviations, seed: int) -> Neighbours:
        """Find the crowds, in a sample of the entities taken from their canonical order."""
        from sklearn.cluster import KMeans  # slow to import
        from threadpoolctl import threadpool_limits

        rows = seen.clipped[seen.canonical_order]
        if len(rows) > decided()["centroid_sample"]:
            drawn = np.random.default_rng(seed).choice(len(rows), decided()["centroid_sample"], replace=False)
            rows = rows[np.sort(drawn)]
        wanted = min(len(rows) // decided()["members_per_centroid"], decided()["most_centroids"])
        wanted = max(1, min(wanted, len(np.unique(rows, axis=0))))
        with threadpool_limits(limits=1):  # sums of several threads differ in the last bit from run to run
            found = KMeans(wanted, n_init=1, random_state=seed).fit(rows)
        counts = np.bincount(found.labels_, minlength=wanted)
        order = np.argsort(-counts, kind="stable")
        kept = order[counts[order] >= min(decided()["least_members"], counts.max())]
        self.centroids = np.asarray(found.cluster_centers_[kept], dtype=np.float64)
        return self

    def score(self, seen: Deviations) -> Numbers:
        """(n,) mean distance in robust standard deviations."""
        from scipy.spatial.distance import cdist

        nearest = min(decided()["neighbours"], len(self.centroids))
        # cdist, unlike a matrix product, gives a row the same distance alone or among others.
        distances: Numbers = np.sort(cdist(seen.clipped, self.centroids), axis=1)[:, :nearest]
        total: Numbers = np.zeros(len(distances))
        for position in range(nearest):  # one after the other: the same sum alone or in a crowd
            total += distances[:, position]
        return np.asarray(total / nearest, dtype=np.float64)
