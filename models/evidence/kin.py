"""How often relations are recorded wrongly among honest families.

Null: a relation is recorded wrongly now and then, independently, at the rate of the peers. A father who is younger
than his son is a slip of the counter; seven of them at one account are not.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from models.evidence.choices import binomial_surprise
from models.evidence.counts import trimmed_rate
from models.evidence.unit import Floats
from models.relations import KinLimits


def wrong_rate(impossible: npt.ArrayLike, stated: npt.ArrayLike, limits: KinLimits) -> float:
    """Rate of wrong records among the peers, without those that have most.

    Args:
        impossible: impossible relations by subject.
        stated: relations with ages by subject.
        limits: its bounds.
    """
    counts, trials = np.asarray(impossible, dtype=np.float64), np.asarray(stated, dtype=np.float64)
    some = trials > 0
    rate = trimmed_rate(counts[some], trials[some]) if some.any() else limits.wrong_least
    return float(np.clip(rate, limits.wrong_least, limits.wrong_most))


def impossible_surprise(impossible: npt.ArrayLike, stated: npt.ArrayLike, rate: float) -> Floats:
    """``-log10`` of the chance of at least so many wrong records of one subject."""
    return binomial_surprise(np.minimum(impossible, stated), np.maximum(stated, 1), rate)
