"""How surprising a measurement is among peers: their tail is taken as exponential from the median on.

Beyond what peers reach there is nothing to count, so the tail is continued at the slope that it has between the median
and the third quartile. A quarter of the peers may be what is looked for without changing it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from models.evidence.unit import Floats

_LOG_10 = float(np.log(10))
_HALF = float(np.log10(2))
_FEWEST_PEERS = 20
_EVEN = 1e-6  # peers that are all alike


def tail_surprise(values: npt.ArrayLike, peers: npt.ArrayLike | None = None) -> Floats:
    """``-log10`` of the chance of at least so much, for each value; at most one half below the median.

    Args:
        values: on a scale on which peers' tails are about exponential, for example a log rate.
        peers: what they are compared with; each other when None.

    Returns:
        Zeros for fewer than twenty peers.
    """
    seen = np.asarray(values, dtype=np.float64)
    usual = seen if peers is None else np.asarray(peers, dtype=np.float64)
    if len(usual) < _FEWEST_PEERS:
        return np.zeros(len(seen))
    median, third = np.quantile(usual, [0.5, 0.75])
    slope = max((third - median) / float(np.log(2)), _EVEN)
    return np.where(seen > median, _HALF + (seen - median) / (slope * _LOG_10), 0.0)
