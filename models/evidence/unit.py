"""The unit of evidence: how many equally extreme innocent entities this very population lets one expect.

Evidence is ``-log10`` of that number, from 0 (one or more by chance alone) to `MOST`. 2 means one in a hundred such
populations. So one threshold means the same for every detector, whatever the size of the fund.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

MOST = 6.0
"""The most that one piece of evidence counts: beyond it the errors of a null model are larger than the number."""

ALERT = 2.0
"""From here on a pattern is shown as an alert: one innocent in a hundred such populations."""

LEAD = 1.0
"""From here on a pattern counts as a kind of evidence: one innocent in ten such populations."""

_DECIMALS = 6


def evidence(surprise: npt.ArrayLike, looks: float) -> Floats:
    """Evidence of surprises, given how many entities, pairs or days were looked at.

    Args:
        surprise: ``-log10`` of the chance of something at least as extreme under the null.
        looks: how many were exposed to the null; at least 1.

    Returns:
        0 to `MOST`, rounded to six decimals so that no processor's last bit decides.
    """
    values = np.nan_to_num(np.asarray(surprise, dtype=np.float64), nan=0.0, posinf=300.0)
    clipped: Floats = np.round(np.clip(values - np.log10(max(looks, 1.0)), 0.0, MOST), _DECIMALS)
    return clipped
