"""What models are given: a population, and how far each entity deviates from its peers on the suspicious side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from features.registry import Feature
from models.frozen import Numbers

Fen = NDArray[np.int64]


@dataclass(frozen=True)
class Population:
    """Entities of one kind: n rows in one order, F features.

    Attributes:
        ids: (n,) entity ids.
        features: declarations of the columns.
        values: (n, F), NaN where not applicable.
        paths: (n rows) from `models.peers.peer_paths`.
        spent: (n,) paid by the pooled fund and from personal accounts, in fen.
    """

    ids: pl.Series
    features: Sequence[Feature]
    values: Numbers
    paths: pl.DataFrame
    spent: Fen


@dataclass(frozen=True)
class Deviations:
    """Entities against their peers, n rows, F features.

    Attributes:
        clipped: (n, F) robust standard deviations on the suspicious side; 0 when harmless or not applicable.
        share: (n, F) share of the peers at least as anomalous; 1 when not applicable.
    """

    clipped: Numbers
    share: Numbers

    @cached_property
    def canonical_order(self) -> NDArray[np.int64]:
        """Rows ordered by their values alone, so that neither ids nor input order matter."""
        return np.lexsort(np.hstack([self.share, self.clipped]).T).astype(np.int64)

    def parts(self, rows: int) -> Iterator[Deviations]:
        """The same entities in parts of at most ``rows`` rows, so that scoring needs little memory."""
        for start in range(0, len(self.clipped), rows):
            yield Deviations(self.clipped[start : start + rows], self.share[start : start + rows])
