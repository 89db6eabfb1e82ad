"""Numbers of a scene or a twin, drawn from the wide ranges of `ranges.toml`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_samples.magnitudes import Magnitudes
from data_samples.period import Floats, Ints
from features.money import FEN_PER_YUAN

STRENGTHS = (1, 2, 3)
"""Of planted patterns: mild, middling, strong."""

_TAIL = 1.3
"""Index of the Pareto distribution: mostly small, now and then very large."""
_SPREADS = 4
"""Standard deviations of the logarithm between the least and the most sum."""


@dataclass(frozen=True)
class Ranges:
    """The ranges of one scene at one strength, or of one twin.

    Attributes:
        pairs: by name a pair (least, most), or three of them by strength.
        strength: 1 mild to 3 strong; of a twin 1.
        most_people: how many people the city can spare for one instance.
    """

    pairs: Magnitudes
    strength: int
    most_people: int

    def pair(self, name: str) -> tuple[float, float]:
        """Least and most at this strength."""
        given = self.pairs[name]
        least, most = given[self.strength - 1] if isinstance(given[0], list) else given
        return float(least), float(most)

    def counts(self, rng: np.random.Generator, name: str, size: int, most: float = np.inf) -> Ints:
        """So many whole numbers with a heavy tail; none above `most`."""
        low, high = self.pair(name)
        reach = 1 - (low / (high + 1)) ** _TAIL
        values = np.floor(low * (1 - rng.random(size) * reach) ** (-1 / _TAIL))
        whole: Ints = np.minimum(np.clip(values, low, high), most).astype(np.int64)
        return whole

    def count(self, rng: np.random.Generator, name: str, most: float = np.inf) -> int:
        """One whole number with a heavy tail, not above `most`."""
        return int(self.counts(rng, name, 1, most)[0])

    def people(self, rng: np.random.Generator, name: str) -> int:
        """How many people: as many as the city can spare, at least the least of the range."""
        return self.count(rng, name, max(self.pair(name)[0], self.most_people))

    def fen(self, rng: np.random.Generator, name: str, size: int) -> Ints:
        """So many sums of money around the geometric middle of the range, which is in yuan."""
        low, high = np.log(self.pair(name))
        yuan = np.exp(
            np.clip((low + high) / 2 + (high - low) / _SPREADS * rng.standard_normal(size), low, high)
        )
        sums: Ints = np.round(yuan * FEN_PER_YUAN).astype(np.int64)
        return sums

    def share(self, rng: np.random.Generator, name: str) -> float:
        """A share, or another number without a tail."""
        return float(rng.uniform(*self.pair(name)))

    def around(self, rng: np.random.Generator, name: str, value: int, size: int) -> Ints:
        """So many log-normal numbers around a value, with a spread that is taken at random from the range."""
        factors: Floats = np.exp(self.share(rng, name) * rng.standard_normal(size))
        near: Ints = np.maximum(np.round(value * factors), 1).astype(np.int64)
        return near
