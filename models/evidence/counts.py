"""How surprising a count is: gamma-Poisson against what exposure and peers let one expect.

Innocent entities differ by more than chance, so their rates are spread like a gamma distribution whose shape is fitted
to the peers. Those with the most extreme counts are left out of the fit: they may be what is looked for.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.stats import nbinom

from models.evidence.unit import Floats

SHAPES = (0.3, 50.0)
"""The least and the largest shape: from very uneven peers to peers that differ by chance alone."""

_FEWEST_PEERS = 20
_LOG_10 = float(np.log(10))


def gamma_poisson_surprise(seen: npt.ArrayLike, expected: npt.ArrayLike, shape: float) -> Floats:
    """``-log10`` of the chance of at least so many.

    Args:
        seen: counts.
        expected: mean count of an innocent entity with the same exposure.
        shape: of the gamma distribution of rates; large for even peers.
    """
    counts = np.asarray(seen, dtype=np.float64)
    means = np.maximum(np.asarray(expected, dtype=np.float64), 1e-9)
    tails = -nbinom.logsf(np.maximum(counts, 1) - 1, shape, shape / (shape + means)) / _LOG_10
    return np.where(counts <= 0, 0.0, np.minimum(tails, 300.0))


def fitted_shape(seen: npt.ArrayLike, expected: npt.ArrayLike, trim: float = 0.03) -> float:
    """Shape of the gamma distribution of the peers' rates, by moments.

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
    counts, means = counts[usual], means[usual]
    if counts.sum():
        means = means * counts.sum() / means.sum()
    beyond_chance = float(((counts - means) ** 2 - means).sum())
    if beyond_chance <= 0:
        return SHAPES[1]
    return float(np.clip((means**2).sum() / beyond_chance, *SHAPES))


def trimmed_rate(seen: npt.ArrayLike, exposure: npt.ArrayLike, trim: float = 0.05) -> float:
    """Rate of the peers without the most extreme ones, drawn a little towards one half.

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


def count_surprise(seen: npt.ArrayLike, exposure: npt.ArrayLike, trim: float = 0.05) -> Floats:
    """Surprise of each count against the peers' trimmed rate, with the shape fitted to the same peers."""
    expected = trimmed_rate(seen, exposure, trim) * np.asarray(exposure, dtype=np.float64)
    return gamma_poisson_surprise(seen, expected, fitted_shape(seen, expected))
