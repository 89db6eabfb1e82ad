"""How large an act is: triangular sizes by strength that overlap, and bills that are sums of a place's prices."""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from features.money import FEN_PER_YUAN

_STRENGTHS = 3
_BELOW, _ABOVE = 0.7, 1.8
"""How far a size may lie below and above the beginning of its strength's third, in thirds."""
_PRICES = (7, 36)
_ENDINGS = np.array([1, 10, 50, 100])
"""Fen to which a place rounds its prices."""
_FURTHER = 0.4
_RARE, _MANY = 0.02, (4, 15)
"""How often a bill is far larger, and by what."""


def grade(rng: np.random.Generator, strength: int, low: float, high: float) -> float:
    """A size between low and high by strength, on a logarithmic scale; neighboring strengths overlap."""
    start = strength - 1
    place = rng.triangular(start - _BELOW, start + 0.5, start + _ABOVE) / _STRENGTHS
    return float(low * (high / low) ** np.clip(place, 0.0, 1.0))


def falling(rng: np.random.Generator, strength: int, low: float, high: float) -> float:
    """A size that is the smaller the stronger an act is, such as the days between two visits."""
    return grade(rng, _STRENGTHS + 1 - strength, low, high)


def how_many(rng: np.random.Generator, strength: int, low: float, high: float) -> int:
    """A whole number of at least 1 by strength."""
    return max(1, round(grade(rng, strength, low, high)))


def between_any(rng: np.random.Generator, low: float, high: float) -> float:
    """A size between low and high on a logarithmic scale, whatever the strength."""
    return float(low * (high / low) ** rng.random())


def price_list(rng: np.random.Generator, low: float, high: float) -> Ints:
    """Prices of a place in fen, between low and high yuan, rounded as the place does."""
    count = int(rng.integers(*_PRICES))
    step = int(rng.choice(_ENDINGS))
    fen = low * (high / low) ** rng.random(count) * FEN_PER_YUAN
    prices: Ints = np.maximum(np.round(fen / step) * step, step).astype(np.int64)
    return prices


def bills(rng: np.random.Generator, count: int, low: float, high: float) -> Ints:
    """Bills in fen, mostly between low and high yuan: one to three prices of the place's list, a few far larger."""
    prices = price_list(rng, 0.6 * low, 0.7 * high)
    popular = rng.dirichlet(np.full(len(prices), 0.7))
    total = rng.choice(prices, count, p=popular)
    for _ in range(2):
        total = total + np.where(rng.random(count) < _FURTHER, rng.choice(prices, count, p=popular), 0)
    total = total * np.where(rng.random(count) < _RARE, rng.integers(*_MANY, count), 1)
    sums: Ints = np.clip(total, round(0.5 * low * FEN_PER_YUAN), round(12 * high * FEN_PER_YUAN)).astype(
        np.int64
    )
    return sums


def leaning(rng: np.random.Generator, values: Ints, count: int) -> Ints:
    """So many picks of the values, some of which are preferred: by random shares."""
    picks: Ints = rng.choice(values, count, p=rng.dirichlet(np.full(len(values), 1.3))).astype(np.int64)
    return picks
