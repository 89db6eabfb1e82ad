"""How surprising a count is: gamma-Poisson against what exposure and peers let one expect.

Innocent entities differ by more than chance, so their rates are spread like a gamma distribution whose shape is fitted
to the peers. Those with the most extreme counts are left out of the fit: they may be what is looked for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import nbinom

from models.evidence.unit import Floats

SHAPES = (0.1, 50.0)
"""The least and the largest shape: from very uneven peers to peers that differ by chance alone."""

_FEWEST_PEERS = 20
_MOST_PEERS = 20_000
_FITS = 6
_GRID = np.round(np.geomspace(*SHAPES, 60), 6)
_BEYOND = 0.5
_SLACK = 1.0
"""How much log-likelihood the lower end may lose: about the lower bound of a one-sided 92 % interval."""
_LOG_10 = float(np.log(10))


def gamma_poisson_surprise(seen: npt.ArrayLike, expected: npt.ArrayLike, shape: float | Floats) -> Floats:
    """``-log10`` of the chance of at least so many.

    Args:
        seen: counts.
        expected: mean count of an innocent entity with the same exposure.
        shape: of the gamma distribution of rates, one for all or for each; large for even peers.
    """
    counts = np.asarray(seen, dtype=np.float64)
    means = np.maximum(np.asarray(expected, dtype=np.float64), 1e-9)
    tails = -nbinom.logsf(np.maximum(counts, 1) - 1, shape, shape / (shape + means)) / _LOG_10
    return np.where(counts <= 0, 0.0, np.minimum(tails, 300.0))


def fitted_shape(seen: npt.ArrayLike, expected: npt.ArrayLike, trim: float = 0.03) -> float:
    """The smallest shape of the gamma distribution of rates that the peers do not contradict.

    That is the lower end of the likelihood interval: of few peers little is known, and an overrated shape would make
    chance look like evidence. In simulated innocent populations of 60 to 3,000 the share of false alerts is as stated.

    Args:
        seen: counts of the peers.
        expected: their mean counts; peers without exposure are left out.
        trim: share of the most extreme peers to leave out.

    Returns:
        Within `SHAPES`; 1 for fewer than twenty peers.
    """
    counts, means = np.asarray(seen, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    counts, means = counts[means > 0], means[means > 0]
    if len(counts) < _FEWEST_PEERS:
        return 1.0
    distance = (counts - means) / np.sqrt(means + means**2 / 4)
    usual = distance <= np.quantile(distance, 1 - trim)
    counts, means = _sample(counts[usual], means[usual])
    if counts.sum():
        means = means * counts.sum() / means.sum()
    likelihoods = np.array([nbinom.logpmf(counts, shape, shape / (shape + means)).sum() for shape in _GRID])
    return float(_GRID[likelihoods >= likelihoods.max() - _SLACK][0])


def _sample(counts: Floats, means: Floats) -> tuple[Floats, Floats]:
    """At most `_MOST_PEERS`, evenly spaced in the order of counts within means."""
    if len(counts) <= _MOST_PEERS:
        return counts, means
    order = np.lexsort((counts, means))
    chosen = order[np.linspace(0, len(order) - 1, _MOST_PEERS).astype(np.int64)]
    return counts[chosen], means[chosen]


def shape_above(seen: npt.ArrayLike, expected: npt.ArrayLike, trim: float = 0.03) -> float:
    """Shape of the peers' rates where the expectation is the most lenient of several, and most peers stay below it.

    Only how far peers exceed their expectation counts: their squares stand for both sides. Peers that stay below say
    that the expectation was lenient, not that peers are uneven.

    Args:
        seen: counts of the peers.
        expected: the most lenient of their mean counts.
        trim: share of the most extreme peers to leave out.

    Returns:
        Within `SHAPES`; 1 for fewer than twenty peers.
    """
    counts, means = np.asarray(seen, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    counts, means = counts[means > 0], means[means > 0]
    if len(counts) < _FEWEST_PEERS:
        return 1.0
    distance = (counts - means) / np.sqrt(means + means**2 / 4)
    usual = distance <= np.quantile(distance, 1 - trim)
    counts, means = counts[usual], means[usual]
    beyond_chance = float((2 * np.clip(counts - means, 0, None) ** 2 - means).sum())
    if beyond_chance <= 0:
        return SHAPES[1]
    return float(np.clip((means**2).sum() / beyond_chance, *SHAPES))


def trimmed_rate(seen: npt.ArrayLike, exposure: npt.ArrayLike, trim: float = 0.05) -> float:
    """Rate of the peers without the most extreme ones, shrunk a little toward one half.

    Args:
        seen: counts of the peers.
        exposure: of each, in the unit that the rate is per.
        trim: share of the peers with the highest rates to leave out.
    """
    counts, exposures = np.asarray(seen, dtype=np.float64), np.asarray(exposure, dtype=np.float64)
    rates = (counts + 0.5) / (exposures + 1)
    if len(rates) > _FEWEST_PEERS:
        usual = rates <= np.quantile(rates, 1 - trim)
        counts, exposures = counts[usual], exposures[usual]
    return float((counts.sum() + 0.5) / (exposures.sum() + 1))


@dataclass(frozen=True)
class PeerCounts:
    """How often peers do something per unit of exposure, and how much they differ.

    Attributes:
        rate: mean count per unit of exposure.
        shape: of the gamma distribution of the peers' rates.
    """

    rate: float
    shape: float

    def surprise(self, seen: npt.ArrayLike, exposure: npt.ArrayLike) -> Floats:
        """``-log10`` of the chance of at least so many, given the exposure."""
        return gamma_poisson_surprise(seen, self.rate * np.asarray(exposure, dtype=np.float64), self.shape)


def peer_counts(seen: npt.ArrayLike, exposure: npt.ArrayLike, trim: float = 0.05) -> PeerCounts:
    """The peers' rate and shape without those that do not belong to them.

    A trimmed fit alone would call the most extreme of innocent peers surprising, because it never saw them. So the fit
    is repeated with everybody whom the last one does not find more extreme than the most extreme of as many innocents.

    Args:
        seen: counts of the peers.
        exposure: of each, in the unit that the rate is per.
        trim: share of the peers to leave out of the first fit.
    """
    counts, exposures = np.asarray(seen, dtype=np.float64), np.asarray(exposure, dtype=np.float64)
    rate = trimmed_rate(counts, exposures, trim)
    fit = PeerCounts(rate, fitted_shape(counts, rate * exposures))
    for _ in range(_FITS):
        usual = fit.surprise(counts, exposures) <= np.log10(max(len(counts), 1)) + _BEYOND
        rate = trimmed_rate(counts[usual], exposures[usual], 0.0)
        again = PeerCounts(rate, fitted_shape(counts[usual], rate * exposures[usual], 0.0))
        if again == fit:
            break
        fit = again
    return fit


def usual_count(seen: npt.ArrayLike, exposure: npt.ArrayLike, trim: float = 0.05) -> Floats:
    """Mean count of each entity if it were like its peers: at their trimmed rate, or that of all others if lower.

    Of few peers none can be trimmed, and the most extreme is compared with the others instead.

    Args:
        seen: counts of the peers.
        exposure: of each, in the unit that the rate is per.
        trim: share of the peers with the highest rates to leave out.
    """
    counts, exposures = np.asarray(seen, dtype=np.float64), np.asarray(exposure, dtype=np.float64)
    if not len(counts):
        return np.zeros(0)
    others = (counts.sum() - counts + 0.5) / (exposures.sum() - exposures + 1)
    means: Floats = np.minimum(trimmed_rate(counts, exposures, trim), others) * exposures
    return means


def count_surprise(seen: npt.ArrayLike, exposure: npt.ArrayLike, trim: float = 0.05) -> Floats:
    """Surprise of each count against its peers, see `peer_counts`."""
    return peer_counts(seen, exposure, trim).surprise(seen, exposure)
