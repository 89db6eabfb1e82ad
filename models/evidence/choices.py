"""How surprising a share of choices is: binomial, beta-binomial where habit makes them alike, or hypergeometric."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import logsumexp
from scipy.stats import betabinom, binom, hypergeom

from models.evidence.unit import Floats

_LOG_10 = float(np.log(10))
_FEWEST_CHOICES = 4
_FEWEST_PEERS = 50
_RATES = (0.003, 0.9)
_LIKENESS = (0.02, 0.6)
_PRECISE = 8.0
"""Surprise up to which one minus a sum has digits enough."""


def binomial_surprise(seen: npt.ArrayLike, choices: npt.ArrayLike, rate: npt.ArrayLike) -> Floats:
    """``-log10`` of the chance of at least so many of independent choices."""
    counts = np.asarray(seen, dtype=np.float64)
    tails = -binom.logsf(counts - 1, np.asarray(choices), np.clip(rate, 1e-9, 1 - 1e-9)) / _LOG_10
    return np.where(counts <= 0, 0.0, np.minimum(np.nan_to_num(tails, posinf=300.0), 300.0))


def hypergeometric_surprise(
    seen: npt.ArrayLike, part: npt.ArrayLike, marked: npt.ArrayLike, whole: npt.ArrayLike
) -> Floats:
    """``-log10`` of the chance that at least so many of a part of the whole are among those marked."""
    counts = np.asarray(seen, dtype=np.int64)
    sizes = [np.asarray(each, dtype=np.int64) for each in (whole, marked, part)]
    tails = -hypergeom.logsf(counts - 1, *sizes) / _LOG_10
    return np.where(counts <= 0, 0.0, np.clip(np.nan_to_num(tails, posinf=300.0), 0.0, 300.0))


@dataclass(frozen=True)
class ChoiceHabit:
    """How often peers choose a thing, and how alike the choices of one of them are.

    Attributes:
        rate: mean share.
        likeness: correlation of two choices of one entity, 0 to 1.
    """

    rate: float
    likeness: float

    def surprise(self, seen: npt.ArrayLike, choices: npt.ArrayLike) -> Floats:
        """``-log10`` of the chance of at least so many of an entity's choices."""
        counts, trials = np.asarray(seen, dtype=np.int64), np.asarray(choices, dtype=np.int64)
        if not len(counts):
            return np.zeros(0)
        spread = (1 - self.likeness) / self.likeness
        shape = (self.rate * spread, (1 - self.rate) * spread)
        beyond = int(trials.max()) + 1  # a pair as one number is sorted much faster than as two
        numbers, place = np.unique(counts * beyond + trials, return_inverse=True)
        pairs = np.stack(np.divmod(numbers, beyond))
        with np.errstate(invalid="ignore", divide="ignore"):
            tails = -betabinom.logsf(pairs[0] - 1, pairs[1], *shape) / _LOG_10
        # Scipy takes the rest from one, which leaves no digit of a small chance.
        for at in np.flatnonzero(~(tails < _PRECISE) & (pairs[0] > 0) & (pairs[0] <= pairs[1])):
            terms = betabinom.logpmf(np.arange(pairs[0, at], pairs[1, at] + 1), pairs[1, at], *shape)
            tails[at] = -logsumexp(terms) / _LOG_10
        tails = np.where(pairs[0] <= 0, 0.0, np.minimum(np.nan_to_num(tails, posinf=300.0), 300.0))
        return tails[place]


def choice_habit(seen: npt.ArrayLike, choices: npt.ArrayLike, trim: float = 0.05) -> ChoiceHabit:
    """The habit of the peers, by moments; the highest shares are left out.

    Args:
        seen: choices of the thing, by peer.
        choices: all choices of each, at least 1.
        trim: share of the peers to leave out.
    """
    counts, trials = np.asarray(seen, dtype=np.float64), np.asarray(choices, dtype=np.float64)
    enough = trials >= _FEWEST_CHOICES
    usual = np.ones(len(counts), dtype=bool)
    if enough.sum() > _FEWEST_PEERS:
        usual = enough & (
            counts / np.maximum(trials, 1) <= np.quantile(counts[enough] / trials[enough], 1 - trim)
        )
    counts, trials = counts[usual], trials[usual]
    rate = float(np.clip((counts.sum() + 0.5) / (trials.sum() + 1), *_RATES))
    variance = float(((counts - rate * trials) ** 2).sum()) / (rate * (1 - rate))
    likeness = (variance - trials.sum()) / max(float((trials * (trials - 1)).sum()), 1.0)
    return ChoiceHabit(rate, float(np.clip(likeness, *_LIKENESS)))
