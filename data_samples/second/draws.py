"""Numbers from wide ranges with heavy tails, by strength."""

from __future__ import annotations

import math
from typing import TypeVar

import numpy as np

from data_samples.period import Floats, Ints
from features.money import FEN_PER_YUAN

T = TypeVar("T")
STRENGTHS = (1, 2, 3)
_LEAST_FEN = 300


def how_many(instances: int, percent: int) -> int:
    """So many percent of all instances, at least one."""
    return math.ceil(instances * percent / 100)


def strengths(rng: np.random.Generator, instances: int, percent: int) -> list[int]:
    """Strengths of this kind's instances, so many percent of all, at least one; each strength about as often."""
    count = how_many(instances, percent)
    rounds = [rng.permutation(STRENGTHS) for _ in range(count // len(STRENGTHS) + 1)]
    sequence: list[int] = np.concatenate(rounds)[:count].tolist()
    return sequence


def graded(strength: int, mild: T, middling: T, strong: T) -> T:
    """The value of a strength."""
    return (mild, middling, strong)[strength - 1]


def heavy(rng: np.random.Generator, low: float, high: float, tail: float = 1.3) -> int:
    """A whole number from `low` to `high`, mostly small: a bounded Pareto with this tail."""
    return int(heavies(rng, 1, low, high, tail)[0])


def heavies(rng: np.random.Generator, count: int, low: float, high: float, tail: float = 1.3) -> Ints:
    """So many of them."""
    kept = 1 - (low / high) ** tail
    values: Ints = np.floor(low * (1 - rng.random(count) * kept) ** (-1 / tail)).astype(np.int64)
    return values


def amounts(rng: np.random.Generator, count: int, yuan: float, spread: float) -> Ints:
    """Log-normal amounts in fen around a median in yuan."""
    fen = yuan * FEN_PER_YUAN * np.exp(spread * rng.standard_normal(count))
    amount: Ints = np.maximum(np.round(fen), _LEAST_FEN).astype(np.int64)
    return amount


def some(rng: np.random.Generator, values: Ints, share: float) -> Ints:
    """About this share of the values, at least one, in random order."""
    kept = rng.permutation(values)[: max(1, round(rng.uniform(0.85, 1.15) * share * len(values)))]
    return np.asarray(kept, dtype=np.int64)


def weights_of(rng: np.random.Generator, count: int) -> Floats:
    """Uneven shares that add up to 1."""
    parts = rng.gamma(0.8, size=count) + 0.02
    shares: Floats = parts / parts.sum()
    return shares
