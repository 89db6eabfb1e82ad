"""How surprising several rare events of one entity within a window of days are.

Events that come alone say how often they happen by chance; who has several in one window is not among those peers.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from models.evidence.counts import gamma_poisson_surprise
from models.evidence.unit import Floats, evidence

_SHAPE = 1.0  # entities differ in how often such a thing happens to them
_PRIOR_WEIGHT = 500.0  # exposure that the prior rate counts as


def chance_rate(alone: float, exposure: float, prior: float) -> float:
    """Events per unit of exposure by chance.

    Args:
        alone: events of entities that never had two in one window.
        exposure: of all entities over the whole period.
        prior: the rate where little is known.
    """
    return (alone + prior * _PRIOR_WEIGHT) / (exposure + _PRIOR_WEIGHT)


def window_evidence(
    events: npt.ArrayLike, expected: npt.ArrayLike, *, entities: float, windows: float
) -> Floats:
    """Evidence of so many events of an entity in one window.

    Args:
        events: in one window.
        expected: by chance, over the whole period.
        entities: how many were looked at.
        windows: of the period; at least 1.
    """
    means = np.asarray(expected, dtype=np.float64) / max(windows, 1.0)
    return evidence(gamma_poisson_surprise(events, means, _SHAPE), entities * max(windows, 1.0))
