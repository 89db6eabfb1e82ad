"""Surprise: strange is what few peers reach, in many features at once."""

from __future__ import annotations

import numpy as np

from models.deviations import Deviations
from models.frozen import Numbers


def surprisal(share: Numbers) -> Numbers:
    """−log of the share of peers at least as strange: 0 for what everybody does, finite beyond the maximum."""
    return -np.log(share)


class Tails:
    """Sum over the features of the one-sided surprisal among peers; higher is stranger. Learns nothing itself."""

    def fit(self, seen: Deviations, seed: int) -> Tails:
        """Nothing to learn: the peers' frozen grids say it all."""
        return self

    def score(self, seen: Deviations) -> Numbers:
        """(n,) natural units of surprise."""
        total = np.zeros(len(seen.share))
        for feature in range(seen.share.shape[1]):  # one after the other: the same sum alone or in a crowd
            total += surprisal(seen.share[:, feature])
        return np.round(total, 10)
