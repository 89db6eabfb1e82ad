"""How large an instance is: sizes on a logarithmic scale, whose strengths overlap and whose tail is long."""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from data_samples.third.dice import bills

_STRENGTHS = 3
_SPREAD = 0.17
_FAR, _FARTHER = 0.1, 0.2
_MOST = 1.4


def extent(rng: np.random.Generator, strength: int, low: float, high: float) -> float:
    """A size between low and high by strength, on a logarithmic scale; one in ten is larger than its strength says."""
    place = rng.normal((strength - 0.5) / _STRENGTHS, _SPREAD)
    place += rng.exponential(_FARTHER) if rng.random() < _FAR else 0.0
    return float(low * (high / low) ** np.clip(place, 0.0, _MOST))


def number(rng: np.random.Generator, strength: int, low: float, high: float) -> int:
    """A whole number of at least 1 by strength."""
    return max(1, round(extent(rng, strength, low, high)))


def portion(rng: np.random.Generator, strength: int, low: float, high: float) -> float:
    """A share by strength, at most 0.97."""
    return min(extent(rng, strength, low, high), 0.97)


def wide(rng: np.random.Generator, low: float, high: float) -> float:
    """A value of any size between low and high, whatever the strength."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def several_of(rng: np.random.Generator, low: int, high: int) -> int:
    """A whole number of any size between low and high."""
    return round(wide(rng, low, high))


def sums(rng: np.random.Generator, count: int, low: float, high: float, most: float = 20_000) -> Ints:
    """Bills in fen: the instance has a median (yuan) between low and high, and a spread of its own."""
    return bills(rng, count, wide(rng, low, high), float(rng.uniform(0.3, 0.95)), most)


def uneven(rng: np.random.Generator, values: Ints, count: int, evenness: float = 0.8) -> Ints:
    """So many picks of the values, of which some are picked far more often than others."""
    weights = rng.dirichlet(np.full(len(values), evenness))
    picks: Ints = rng.choice(values, count, p=weights).astype(np.int64)
    return picks
