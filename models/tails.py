"""Surprise: anomalous is what few peers reach, in many features at once."""

from __future__ import annotations

import numpy as np

from models.deviations import Deviations
from models.frozen import Numbers


def surprisal(share: Numbers) -> Numbers:
    """−log of the share of peers at least as anomalous: 0 for what everybody does, finite beyond the maximum."""
    return -np.log(share)


class Tails:
    """Sum over the features of the one-sided surprisal among peers; higher is more anomalous. It learns nothing."""

    def fit(self, deviations: Deviations, seed: int) -> Tails:
        """Nothing to learn: the peers' frozen grids hold all that is needed."""
        return self

    def score(self, deviations: Deviations) -> Numbers:
        """(n,) natural units of surprise."""
        total = np.zeros(len(deviations.share))
        for feature in range(
            deviations.share.shape[1]
        ):  # in a fixed order: the same sum alone or among others
            total += surprisal(deviations.share[:, feature])
        return np.round(total, 10)
