"""How surprising it is that several amounts lie close together.

Compared is the range of their logarithms with that of as many independent amounts of a sample. As bills of one day
resemble each other anyway, each further amount is never taken to be rarer than one in five.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from models.evidence.unit import Floats

_LEAST_CHANCE = 0.2
_FEWEST = 20
_MOST = 2_000


def log_sample(amounts: npt.ArrayLike) -> Floats:
    """Sorted logarithms of amounts above zero, at most two thousand of them, evenly spaced in their order."""
    ordered: Floats = np.log(np.sort(np.asarray(amounts, dtype=np.float64)))
    if len(ordered) <= _MOST:
        return ordered
    return ordered[np.linspace(0, len(ordered) - 1, _MOST).astype(np.int64)]


def range_surprise(amounts: npt.ArrayLike, sample: Floats) -> float:
    """``-log10`` of the chance that as many amounts of a sample lie at least as close together.

    Args:
        amounts: above zero.
        sample: from `log_sample`; of fewer than twenty nothing is said.
    """
    logs = np.log(np.asarray(amounts, dtype=np.float64))
    further = len(logs) - 1
    if len(sample) < _FEWEST or further < 1:
        return 0.0
    reach = np.searchsorted(sample, sample + (logs.max() - logs.min()), side="right")
    within = (reach - np.searchsorted(sample, sample, side="left")) / len(sample)
    chance = min((further + 1) * float(np.mean(within**further)), 1.0)
    return float(-np.log10(max(chance, _LEAST_CHANCE**further)))
