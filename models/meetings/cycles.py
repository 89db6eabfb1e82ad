"""Whether days keep to a cycle that people go by: a weekday, every other week, or the market days of a place."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

_MONTH, _MOON = 30.44, 29.53

CYCLES = (7.0, 14.0, 5.0, 10.0, _MONTH / 6, _MONTH / 3, _MOON / 6, _MOON / 3)
"""Lengths in days: weeks, and markets held every fifth or tenth day, by days, by date or by the moon's date."""


def cycle_surprise(days: npt.ArrayLike) -> float:
    """``-log10`` of the chance that so many days at random keep so closely to one of `CYCLES` (Rayleigh); 0 or more.

    A day that is missed, or moved by a day or two, weakens a cycle and does not break it.

    Args:
        days: days since 1970-01-01, each once, any order.
    """
    known = np.asarray(days, dtype=np.float64)
    if not len(known):
        return 0.0
    turns = np.exp(2j * np.pi * known[:, None] / np.array(CYCLES))
    closeness = float(np.abs(turns.mean(axis=0)).max())
    return max(len(known) * closeness**2 / math.log(10) - math.log10(len(CYCLES)), 0.0)
