"""How often something was missed, from a random sample with known chances: a rate with its interval.

Weights are the inverse of the chance of each (Horvitz and Thompson); the rate is the weighted share of what was missed
(Hájek). The interval is that of Clopper and Pearson for the effective number of the sample (Korn and
Graubard), which is the number itself where all chances are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scipy.stats import beta

CONFIDENCE = 0.95
"""Of the interval."""


@dataclass(frozen=True)
class Sampled:
    """One of the sample: its chance to be selected (over 0, 1 at most), and whether something was missed."""

    chance: float
    missed: bool


@dataclass(frozen=True)
class MissRate:
    """Share of what was missed, 0 to 1, with its interval; and of how many it is known, and how many were missed."""

    known: int
    missed: int
    rate: float
    low: float
    high: float


def miss_rate(sample: Sequence[Sampled]) -> MissRate | None:
    """The rate that a sample shows; None where nothing is known."""
    if not sample:
        return None
    weights = [1 / each.chance for each in sample]
    whole = sum(weights)
    rate = sum(weight for weight, each in zip(weights, sample, strict=True) if each.missed) / whole
    effective = whole**2 / sum(weight**2 for weight in weights)
    low, high = interval(rate * effective, effective)
    return MissRate(len(sample), sum(each.missed for each in sample), rate, low, high)


def interval(hits: float, number: float) -> tuple[float, float]:
    """The interval of Clopper and Pearson; hits and number need not be whole."""
    tail = (1 - CONFIDENCE) / 2
    low = float(beta.ppf(tail, hits, number - hits + 1)) if hits > 0 else 0.0
    high = float(beta.ppf(1 - tail, hits + 1, number - hits)) if hits < number else 1.0
    return low, high
