"""What every scorer is given: how far each entity stands from its peers, on the suspicious side only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from models.frozen import Numbers


@dataclass(frozen=True)
class Deviations:
    """Entities against their peers, n rows, F features.

    Attributes:
        clipped: (n, F) robust standard deviations on the suspicious side; 0 when harmless or not applicable.
        share: (n, F) share of the peers at least as strange; 1 when not applicable.
    """

    clipped: Numbers
    share: Numbers

    @cached_property
    def canonical_order(self) -> NDArray[np.int64]:
        """Order of the rows that their values alone decide, so that neither ids nor input order matter."""
        return np.lexsort(np.hstack([self.share, self.clipped]).T).astype(np.int64)

    def parts(self, rows: int) -> Iterator[Deviations]:
        """The same entities in parts of at most so many rows: scoring holds little in memory."""
        for start in range(0, len(self.clipped), rows):
            yield Deviations(self.clipped[start : start + rows], self.share[start : start + rows])
