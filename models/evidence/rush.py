"""How surprising a person's days of care in some weeks are, against the person's own habit and the season.

The habit is a rate with a gamma distribution among people; a person's own days of the rest of the time make it known
better. In the weeks looked at everybody comes more or less often by the same factor, the season, as the others show.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from models.evidence.counts import fitted_shape, gamma_poisson_surprise
from models.evidence.unit import Floats

_PRIOR_DAYS = 5.0
_HABIT_SHAPE = 0.5
_FALLS_ILL = 0.5  # of the mean: who never came may fall ill, as others have


def habit(otherwise: npt.ArrayLike, days_otherwise: float, weeks: float) -> Floats:
    """Days of care that each person's own habit lets one expect in some weeks.

    Args:
        otherwise: days of care in the rest of the time, of everybody who had any care.
        days_otherwise: how many days the rest of the time has.
        weeks: days of the weeks looked at.
    """
    counts = np.asarray(otherwise, dtype=np.float64)
    mean = max(float(counts.mean()) if len(counts) else 0.0, 0.1)
    own = (counts + _HABIT_SHAPE) / (1 + _HABIT_SHAPE / mean)
    days: Floats = np.maximum(own, _FALLS_ILL * mean) * weeks / max(days_otherwise, 1.0)
    return days


def rush_surprise(
    seen: npt.ArrayLike, usual: npt.ArrayLike, otherwise: npt.ArrayLike
) -> tuple[Floats, Floats]:
    """``-log10`` of the chance of at least so many days in the weeks, and the days expected.

    A habit that is hardly known, because there were few days otherwise, is wide.

    Args:
        seen: days of care of each person in the weeks.
        usual: from `habit`, aligned.
        otherwise: as given to `habit`, aligned.

    Returns:
        The surprise, and the expected days: the habit times the season of all the others.
    """
    counts, means = np.asarray(seen, dtype=np.float64), np.asarray(usual, dtype=np.float64)
    season = (counts.sum() - counts + _PRIOR_DAYS) / (means.sum() - means + _PRIOR_DAYS)
    expected: Floats = means * season
    of_peers = fitted_shape(counts, expected)
    shape = 1 / (1 / of_peers + 1 / (np.asarray(otherwise, dtype=np.float64) + _HABIT_SHAPE))
    return gamma_poisson_surprise(counts, expected, shape), expected
