"""How surprising some weeks are among all the other weeks of the same population.

Null: a person's weeks that are looked at are like any weeks of anybody. How often a measure is so large is counted in
the other weeks; beyond the largest of them the tail goes on as that of a power law (Hill's estimator). The other weeks
may hold what is looked for, too: that makes the tail heavier, and the surprise smaller.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from models.evidence.unit import MOST, Floats

_TAIL, _FEWEST_IN_TAIL = 0.05, 25
"""Share of the other weeks with a measure whose slope is taken, and how many are needed for one."""
_LEAST_SLOPE = 0.05
_MOST_TOGETHER = 5
"""As so many at most count those who are as rare: beyond, it may be a wave that the null does not know."""


def weeks_surprise(seen: npt.ArrayLike, others: npt.ArrayLike, weeks: float) -> Floats:
    """``-log10`` of the chance that a person's weeks have a measure at least as large; 0 where it is usual.

    Args:
        seen: measures of the weeks that are looked at, above zero.
        others: measures of other weeks, above zero.
        weeks: how many other weeks there were, with those that have no measure.

    Returns:
        Zeros where hardly any other weeks have a measure.
    """
    values, known = np.asarray(seen, dtype=np.float64), np.sort(np.asarray(others, dtype=np.float64))
    tail = max(int(len(known) * _TAIL), _FEWEST_IN_TAIL)
    if len(known) < 2 * tail:
        return np.zeros(len(values))
    large = float(known[-tail - 1])
    slope = float(np.log(known[-tail:] / large).mean()) * (1 + 1 / np.sqrt(tail))  # one standard error above
    share = tail / max(weeks, float(len(known)))
    beyond = np.log10(np.maximum(values / large, 1.0)) / max(slope, _LEAST_SLOPE)
    return np.where(values > large, beyond - np.log10(share), 0.0)


def with_others_as_rare(evidence: npt.ArrayLike) -> Floats:
    """Evidence of each case, given how many cases have as much (Benjamini and Hochberg).

    Evidence says how many innocent cases are expected to have as much. Of several that have it, most are none.

    Args:
        evidence: of all cases of one population and one question.
    """
    values = np.asarray(evidence, dtype=np.float64)
    as_rare = len(values) - np.searchsorted(np.sort(values), values, side="left")
    raised: Floats = np.minimum(values + np.log10(np.clip(as_rare, 1, _MOST_TOGETHER)), MOST)
    return np.where(values > 0, raised, 0.0)
