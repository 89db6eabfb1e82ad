"""What all the others let one expect of an entity: its own rows never explain themselves.

In a small population one entity may make up most of the rows. The rate of the others is shrunk toward a prior, which
only matters where there are few of them. Peers are never taken to be more even than the prior says.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.evidence.counts import SHAPES, gamma_poisson_surprise
from models.evidence.unit import Floats, evidence

_TRIM = 0.03
_DEVIATIONS = 2


@dataclass(frozen=True)
class Prior:
    """What is expected where there are no others.

    Attributes:
        rate: counts per unit of exposure.
        weight: exposure that the prior counts as.
        most_even: the largest shape of the gamma distribution of rates; real peers differ at least so much.
    """

    rate: float
    weight: float = 100.0
    most_even: float = 2.0


@dataclass(frozen=True)
class Others:
    """The counts of a whole population, as the rest of it looks from each of its entities.

    Attributes:
        seen, exposure: sums over all entities.
        entities: how many were looked at.
        shape: of the gamma distribution of their rates.
        prior: drawn towards.
    """

    seen: float
    exposure: float
    entities: float
    shape: float
    prior: Prior

    @classmethod
    def of(
        cls, seen: npt.ArrayLike, exposure: npt.ArrayLike, entities: npt.ArrayLike, prior: Prior
    ) -> Others:
        """From a histogram: how many ``entities`` have each pair of a count and an exposure."""
        counts, exposures, times = (np.asarray(each, dtype=np.float64) for each in (seen, exposure, entities))
        total, whole = float((counts * times).sum()), float((exposures * times).sum())
        means = exposures * (total + prior.rate * prior.weight) / (whole + prior.weight)
        usual = _usual(counts, means, times, prior.most_even)
        return cls(total, whole, float(times.sum()), _shape(counts, means, usual, prior.most_even), prior)

    def expected(self, seen: npt.ArrayLike, exposure: npt.ArrayLike) -> Floats:
        """Mean count of each entity if it had the rate of all the others."""
        counts, exposures = np.asarray(seen, dtype=np.float64), np.asarray(exposure, dtype=np.float64)
        others = np.maximum(self.seen - counts, 0.0) + self.prior.rate * self.prior.weight
        rates = others / (np.maximum(self.exposure - exposures, 0.0) + self.prior.weight)
        means: Floats = rates * exposures
        return means

    def evidence(self, seen: npt.ArrayLike, exposure: npt.ArrayLike) -> Floats:
        """Evidence of each count, given how many entities were looked at."""
        means = self.expected(seen, exposure)
        return evidence(gamma_poisson_surprise(seen, means, self.shape), self.entities)


def median_of_others(values: npt.ArrayLike) -> Floats:
    """Median of all the other values, for each; NaN for a value without others.

    A few that are looked for do not move it, as they would move a mean.
    """
    own = np.asarray(values, dtype=np.float64)
    others = len(own) - 1
    if others < 1:
        return np.full(len(own), np.nan)
    order = np.argsort(own, kind="stable")
    place = np.empty(len(own), dtype=np.int64)
    place[order] = np.arange(len(own))
    middle = (others - 1) // 2, others // 2
    low, high = (own[order][each + (each >= place)] for each in middle)
    medians: Floats = (low + high) / 2
    return medians


def _usual(counts: Floats, means: Floats, times: Floats, shape: float) -> Floats:
    """How many of each to fit: without those of which even uneven peers let one expect none, a few percent at most."""
    surprise = gamma_poisson_surprise(counts, means, shape)
    order = np.argsort(-surprise, kind="stable")
    may_leave = np.where(surprise[order] > np.log10(max(times.sum(), 1.0)), times[order], 0.0)
    room = np.floor(_TRIM * times.sum())
    left_out = np.clip(room - (np.cumsum(may_leave) - may_leave), 0.0, may_leave)
    kept = times.copy()
    kept[order] -= left_out
    return kept


def _shape(counts: Floats, means: Floats, times: Floats, most_even: float) -> float:
    """Shape of the gamma distribution of rates, by moments, as far as chance does not explain the unevenness."""
    expected = means * (counts * times).sum() / max((means * times).sum(), 1e-9)
    beyond_poisson = float((times * ((counts - expected) ** 2 - expected)).sum())
    by_chance = float(np.sqrt((times * (expected + 2 * expected**2)).sum()))
    if beyond_poisson <= _DEVIATIONS * by_chance:
        return most_even
    shape = float((times * expected**2).sum()) / (beyond_poisson - _DEVIATIONS * by_chance)
    return min(float(np.clip(shape, *SHAPES)), most_even)
