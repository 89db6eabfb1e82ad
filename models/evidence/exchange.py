"""Whether what people buy is their own: exchangeability of the baskets of a group.

Each resident of a home has a medicine of his own, and so has each chronic patient: two purchases of one person are
alike more often than two purchases of different persons on one day. Where one hand fills the baskets, it does not
matter whose card is used.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from models.evidence.choices import binomial_surprise

_LEAST_RATE = 0.01
_FEWEST_PAIRS = 50


@dataclass(frozen=True)
class Likeness:
    """How alike purchases are.

    Attributes:
        own: share of pairs of purchases by one person, at different times, that are alike.
        cross: share of pairs of purchases by different persons, at one time, that are alike.
        surprise: ``-log10`` of the chance of so many alike pairs of one person if baskets were exchangeable.
    """

    own: float
    cross: float
    surprise: float


def likeness(purchases: pl.DataFrame) -> Likeness:
    """How alike the purchases of a group are.

    Args:
        purchases: person, meeting, content (any type; null where unknown): one row per person and meeting.
    """
    known = purchases.drop_nulls("content").unique(["person", "meeting", "content"])
    own, own_pairs = _alike(known, "person")
    cross, cross_pairs = _alike(known, "meeting")
    rate = max(cross, 1 / max(cross_pairs, _FEWEST_PAIRS), _LEAST_RATE)
    # Pairs of one person overlap: they count as half as many.
    surprise = binomial_surprise([int(own * own_pairs / 2)], [max(int(own_pairs / 2), 1)], min(rate, 0.99))
    return Likeness(own, cross, float(surprise[0]) if own > rate else 0.0)


def _alike(purchases: pl.DataFrame, within: str) -> tuple[float, float]:
    """Share of alike pairs within a person or a meeting, and the number of pairs."""
    every = purchases.group_by(within).len()["len"].cast(pl.Float64)
    alike = purchases.group_by(within, "content").len()["len"].cast(pl.Float64)
    pairs = float((every * (every - 1)).sum()) / 2
    return (float((alike * (alike - 1)).sum()) / 2 / pairs if pairs else 0.0), pairs
