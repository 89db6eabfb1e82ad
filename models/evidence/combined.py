"""One surprise from several independent signs of the same case."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln
from scipy.stats import gamma, t

from models.evidence.unit import Floats

_LOG_10 = float(np.log(10))
_NORMAL, _LEAST_DEVIATION, _FREEDOM = 1.4826, 0.1, 4


def together(total: npt.ArrayLike, signs: npt.ArrayLike) -> Floats:
    """``-log10`` of the chance that so many independent signs sum up to at least so much (Fisher's method).

    The product of their chances alone would be too small: with several signs one of them is easily rare.

    Args:
        total: sums of ``-log10`` of the chance of each sign.
        signs: how many there were, those without surprise included.
    """
    sums = np.asarray(total, dtype=np.float64) * _LOG_10
    return np.asarray(-gamma.logsf(sums, np.asarray(signs, dtype=np.float64)) / _LOG_10, dtype=np.float64)


def fisher(*surprises: npt.ArrayLike) -> Floats:
    """``-log10`` of the chance that independent signs, aligned, are together at least as surprising."""
    total = np.sum([np.asarray(each, dtype=np.float64) for each in surprises], axis=0)
    return together(total, len(surprises))


def rarity(values: npt.ArrayLike, among: npt.ArrayLike) -> Floats:
    """``-log10`` of the share of a sample that is at least as large, the value itself counted once more."""
    ordered = np.sort(np.asarray(among, dtype=np.float64))
    as_large = len(ordered) - np.searchsorted(ordered, np.asarray(values, dtype=np.float64), side="left")
    return np.asarray(-np.log10((as_large + 1.0) / (len(ordered) + 1.0)), dtype=np.float64)


def amount_surprise(amounts: npt.ArrayLike) -> Floats:
    """``-log10`` of the chance of an amount at least as large, among themselves on a logarithmic scale.

    Median and median deviation are not moved by the few that are looked for; the tail is that of Student's t with
    four degrees of freedom, because money has a long one.

    Args:
        amounts: above zero.
    """
    values = np.log(np.asarray(amounts, dtype=np.float64))
    if not len(values):
        return np.zeros(0)
    distance = values - np.median(values)
    deviation = max(float(np.median(np.abs(distance))) * _NORMAL, _LEAST_DEVIATION)
    return np.asarray(-t.logsf(distance / deviation, _FREEDOM) / _LOG_10, dtype=np.float64)


def rank_surprise(surprise: npt.ArrayLike, rank: int, things: npt.ArrayLike) -> Floats:
    """``-log10`` of the chance that as many as ``rank`` of the things are each at least so surprising.

    The number of ways to choose them is taken into account: the union of all choices, which is at most their sum.

    Args:
        surprise: ``-log10`` of the chance of the thing that comes at this place in the order, the largest first.
        rank: 1 for the largest, 2 for the second ...
        things: how many there are at the place, at least ``rank``.

    Returns:
        At least 0.
    """
    many = np.maximum(np.asarray(things, dtype=np.float64), rank)
    ways = (gammaln(many + 1) - gammaln(rank + 1) - gammaln(many - rank + 1)) / _LOG_10
    together: Floats = np.maximum(rank * np.asarray(surprise, dtype=np.float64) - ways, 0.0)
    return together
