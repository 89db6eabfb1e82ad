"""A share of trials with its interval."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.stats import binomtest


@dataclass(frozen=True)
class Proportion:
    """Successes out of trials, with Wilson's 95 % interval (E. B. Wilson, JASA 22, 1927)."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """Share; NaN of nothing."""
        return self.hits / self.of if self.of else math.nan

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Lower and upper bound of the share; (0, 1) of nothing."""
        if not self.of:
            return (0.0, 1.0)
        bounds = binomtest(self.hits, self.of).proportion_ci(level, method="wilson")
        return (max(0.0, float(bounds.low)), min(1.0, float(bounds.high)))

    def __str__(self) -> str:
        """As it is printed: ``34/36 = .94 [.82, .98]``."""
        low, high = self.interval()
        return f"{self.hits}/{self.of} = {self.value:.2f} [{low:.2f}, {high:.2f}]"

    def __add__(self, other: Proportion) -> Proportion:
        """Both counted together."""
        return Proportion(self.hits + other.hits, self.of + other.of)
