"""How large an act is: numbers by strength with Student's noise, shares, and bills with a Pareto tail."""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from features.money import FEN_PER_YUAN

_STRENGTHS = 3
_NOISE, _FREEDOM = 0.15, 4
_LEAST, _MOST = -0.08, 1.4
_TAIL_SHARE, _TAIL = 0.04, 1.6
_CHEAPEST = 2
_STEPS = np.array([1, 10, 50, 100, 500, 1_000])
"""Fen to which bills are rounded: some places end on a fen, others on five or ten yuan."""


def scale(rng: np.random.Generator, strength: int, low: float, high: float) -> float:
    """A size around low to high by strength on a logarithmic scale; strengths overlap, some are far outside."""
    place = (strength - 0.5) / _STRENGTHS + _NOISE * rng.standard_t(_FREEDOM)
    return float(low * (high / low) ** np.clip(place, _LEAST, _MOST))


def rarer(rng: np.random.Generator, strength: int, low: float, high: float) -> float:
    """A size that falls as the strength rises, such as the days between two visits."""
    return scale(rng, _STRENGTHS + 1 - strength, low, high)


def whole(rng: np.random.Generator, strength: int, low: float, high: float) -> int:
    """A whole number of at least 1 by strength."""
    return max(1, round(scale(rng, strength, low, high)))


def part(rng: np.random.Generator, strength: int, low: float, high: float) -> float:
    """A share by strength, from 0.02 to 0.98."""
    return float(np.clip(scale(rng, strength, low, high), 0.02, 0.98))


def any_of(rng: np.random.Generator, low: float, high: float) -> float:
    """A size between low and high on a logarithmic scale, whatever the strength."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def amounts(rng: np.random.Generator, count: int, low: float, high: float, most: float = 16_000) -> Ints:
    """Bills in fen: the instance has its own median (yuan), spread and rounding, and a few bills are far larger."""
    spread = rng.uniform(0.2, 0.85)
    yuan = any_of(rng, low, high) * np.exp(spread * rng.standard_normal(count))
    yuan *= np.where(rng.random(count) < _TAIL_SHARE, 1 + rng.pareto(_TAIL, count), 1.0)
    step = rng.choice(_STEPS, count, p=rng.dirichlet(np.full(len(_STEPS), 0.5)))
    fen = np.round(np.clip(yuan, _CHEAPEST, most) * FEN_PER_YUAN / step) * step
    sums: Ints = np.maximum(fen, _CHEAPEST * FEN_PER_YUAN).astype(np.int64)
    return sums


def favored(rng: np.random.Generator, values: Ints, count: int) -> Ints:
    """So many picks of the values: by Zipf's law, in random order of preference."""
    weights = 1.0 / np.arange(1, len(values) + 1) ** rng.uniform(0.3, 1.5)
    picks: Ints = rng.choice(rng.permutation(values), count, p=weights / weights.sum()).astype(np.int64)
    return picks
