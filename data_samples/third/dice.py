"""Distributions with heavy tails."""

from __future__ import annotations

from typing import TypeVar

import numpy as np

from data_samples.period import Floats, Ints
from features.money import FEN_PER_YUAN

T = TypeVar("T")


def of(strength: int, mild: T, middle: T, strong: T) -> T:
    """The value for a strength."""
    return (mild, middle, strong)[strength - 1]


def pareto(rng: np.random.Generator, least: float, alpha: float, most: int) -> int:
    """A whole number of at least `least`, with a Pareto tail of that index, cut off at `most`."""
    return int(paretos(rng, 1, least, alpha, most)[0])


def paretos(rng: np.random.Generator, count: int, least: float, alpha: float, most: int) -> Ints:
    """So many of them."""
    values: Ints = np.minimum(least * (1 + rng.pareto(alpha, count)), most).astype(np.int64)
    return values


def geometric(rng: np.random.Generator, mean: float, least: int = 1, most: int = 60) -> int:
    """A whole number from `least` to `most`, about `mean` on average, with a geometric tail."""
    return int(min(least - 1 + rng.geometric(1 / max(mean - least + 1, 1.0)), most))


def normal(rng: np.random.Generator, median: float, sigma: float, least: int, most: int) -> int:
    """A whole number, log-normal around a median, within bounds."""
    return int(np.clip(round(float(median * np.exp(sigma * rng.standard_normal()))), least, most))


def bills(rng: np.random.Generator, count: int, yuan: float, sigma: float, most: float = 20_000) -> Ints:
    """Log-normal sums in fen around a median in yuan."""
    sums = np.clip(yuan * np.exp(sigma * rng.standard_normal(count)), 2.5, most)
    fen: Ints = np.round(sums * FEN_PER_YUAN).astype(np.int64)
    return fen


def rounded(rng: np.random.Generator, fen: Ints, share: float) -> Ints:
    """The sums, of which about this share is rounded to ten yuan."""
    whole = np.maximum((fen + 500) // 1000, 1) * 1000
    result: Ints = np.where(rng.random(len(fen)) < share, whole, fen)
    return result


def shares(rng: np.random.Generator, count: int, evenness: float) -> Floats:
    """Random parts of 1; a small `evenness` makes some of them much larger than others."""
    parts: Floats = rng.dirichlet(np.full(count, evenness))
    return parts


def split(rng: np.random.Generator, total: int, count: int, evenness: float = 4.0) -> Ints:
    """A whole number in random parts of at least 1 that add up to it."""
    parts = 1 + np.floor(shares(rng, count, evenness) * (total - count)).astype(np.int64)
    parts[0] += total - int(parts.sum())
    result: Ints = parts
    return result


def chance(rng: np.random.Generator, probability: float) -> bool:
    """Whether it happens."""
    return bool(rng.random() < probability)


def thinned(rng: np.random.Generator, values: Ints, kept: float, least: int = 1) -> Ints:
    """Each value with this probability, in order, but at least so many of them."""
    flags = rng.random(len(values)) < kept
    missing = min(least, len(values)) - int(flags.sum())
    if missing > 0:
        flags[rng.choice(np.flatnonzero(~flags), missing, replace=False)] = True
    return values[flags]
