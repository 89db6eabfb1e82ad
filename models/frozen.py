"""Frozen distributions: how large a number is against those seen at fit, kept as a few quantiles.

A grid holds quantiles that are dense towards the upper end (a fixed number per power of ten of the
tail). No step of a grid describes fewer than five entities, the extremes apart, so that a grid cannot be
turned back into the people it came from. Because the grid is frozen, a number gets the same share alone
or among others.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.settings import model_settings

Numbers = NDArray[np.float64]


def tail_levels(size: int) -> Numbers:
    """Shares below which the quantiles of ``size`` numbers are kept: 0, then towards 1 by equal ratios, 1."""
    settings = model_settings().values
    per_decade, least = settings.points_per_decade, settings.least_members
    decades = np.log10(max(size / least, 1))
    steps = np.arange(np.floor(decades * per_decade) + 1)
    return np.append(1 - np.power(10.0, -steps / per_decade), 1.0)


def freeze(numbers: Numbers, levels: Numbers) -> Numbers:
    """Quantiles of some numbers at the levels; steps of fewer than five numbers are interpolated linearly.

    Args:
        numbers: sorted, without NaN, not empty.
        levels: from `tail_levels`, of this or of a larger population.

    Returns:
        Non-decreasing, as long as ``levels``; the last is the largest number.
    """
    kept = levels[(1 - levels) * len(numbers) >= model_settings().values.least_members]
    kept = kept if len(kept) else levels[:1]
    kept = np.append(kept, 1.0)
    quantiles = np.interp(kept * (len(numbers) - 1), np.arange(len(numbers)), numbers)
    return np.asarray(np.interp(levels, kept, quantiles), dtype=np.float64)


def share_above(numbers: Numbers, grid: Numbers, levels: Numbers, size: float, unit: float = 1.0) -> Numbers:
    """Share of the frozen distribution at or above each number; 1 for NaN, never 0.

    Up to the largest number seen, the share falls to 1 / (size + 1). Beyond it no entity is left to count, so
    numbers are ordered by how far beyond they lie: the share is divided by 1 + excess / unit. It is
    therefore finite, strictly decreasing, and one minus it (a rank) never exceeds 1.

    Args:
        numbers: of any length.
        grid: from `freeze`.
        levels: of the grid.
        size: how many numbers were frozen.
        unit: what counts as one step beyond the largest.
    """
    right = np.searchsorted(grid, numbers, side="left")
    inside = np.clip(right, 1, len(grid) - 1)
    low, high = grid[inside - 1], grid[inside]
    width = np.where(high > low, high - low, 1.0)
    part = np.clip((numbers - low) / width, 0.0, 1.0)
    below = levels[inside - 1] + part * (levels[inside] - levels[inside - 1])
    below = np.where(right == 0, 0.0, below)
    excess = np.maximum(numbers - grid[-1], 0.0) / unit
    share = np.where(excess > 0, 1.0 / ((size + 1) * (1 + excess)), 1.0 - below * size / (size + 1))
    return np.where(np.isnan(numbers), 1.0, share)
