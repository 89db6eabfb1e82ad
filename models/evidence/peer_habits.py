"""How surprising shares of choices are in a population that may hold what is looked for."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from models.evidence.choices import ChoiceHabit, choice_habit
from models.evidence.unit import Floats

_FEWEST_PEERS = 50
_SUSPECTS = 0.12
"""Share of few peers that is left out, at least one: more than fifty are trimmed by `choice_habit`."""


def peer_habit(seen: npt.ArrayLike, choices: npt.ArrayLike) -> ChoiceHabit:
    """The habit of a population that may hold what is looked for, however small it is.

    `choice_habit` leaves out the highest shares of many peers; here those of few are left out too, so that none of
    them is its own yardstick.
    """
    counts, trials = np.asarray(seen, dtype=np.float64), np.asarray(choices, dtype=np.float64)
    exposed = trials > 0
    counts, trials = counts[exposed], trials[exposed]
    if 0 < len(counts) <= _FEWEST_PEERS:
        others = without_extremes(counts / trials)
        counts, trials = counts[others], trials[others]
    return choice_habit(counts, trials)


def peer_surprise(seen: npt.ArrayLike, choices: npt.ArrayLike) -> Floats:
    """``-log10`` of the chance of at least so many, given the habit of the peers; 0 without a choice."""
    counts, trials = np.asarray(seen, dtype=np.int64), np.asarray(choices, dtype=np.int64)
    surprise = np.zeros(len(counts))
    exposed = trials > 0
    surprise[exposed] = peer_habit(counts, trials).surprise(counts[exposed], trials[exposed])
    return surprise


def without_extremes(shares: npt.ArrayLike) -> npt.NDArray[np.intp]:
    """Places of the shares without the highest of them, at least one, in rising order."""
    rising = np.argsort(np.asarray(shares), kind="stable")
    return rising[: len(rising) - math.ceil(len(rising) * _SUSPECTS)]
