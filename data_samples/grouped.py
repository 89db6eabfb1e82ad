"""Running sums and minima within groups of sorted rows, without a loop."""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints

_APART = 10**12
"""Fen that no account ever reaches: keeps groups apart in one running minimum."""


def starts(group: Ints) -> Ints:
    """First row of the group of every row; `group` is sorted."""
    new = np.r_[True, group[1:] != group[:-1]] if len(group) else np.zeros(0, dtype=bool)
    first = np.flatnonzero(new)
    return np.repeat(first, np.diff(np.r_[first, len(group)]))


def running_sum(values: Ints, start: Ints) -> Ints:
    """Sum of the group's values up to and including every row."""
    total = np.cumsum(values)
    return total - (total - values)[start]


def running_min(values: Ints, start: Ints) -> Ints:
    """Smallest of the group's values up to and including every row."""
    number = np.cumsum(start == np.arange(len(start)))
    lowered = values - number * _APART
    lowest: Ints = np.minimum.accumulate(lowered) + number * _APART
    return lowest


def future_min(values: Ints, start: Ints) -> Ints:
    """Smallest of the group's values from every row on."""
    number = np.cumsum(start == np.arange(len(start)))
    lowered = values + number * _APART
    lowest: Ints = np.minimum.accumulate(lowered[::-1])[::-1] - number * _APART
    return lowest
