"""How surprising it is that one operator serves people whom the others at the counter never meet.

Null: whom a customer meets is left to chance, by the operators' shares in the custom of the same time. Exposed are the
customers who came on several days. Each has the chance of having met this operator alone; those for whom it is small
are counted, at several limits, against what all customers of the place let one expect (gamma-Poisson, as uneven as
operators are: some have regulars).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from models.evidence.counts import count_surprise
from models.evidence.quiet_places import AGREES, joined_surprise
from models.evidence.unit import Floats

HAND = ["provider_id", "operator_id"]
LIMITS = (0.05, 0.005, 0.0005)
"""Chances of having met the operator alone, from which a customer is counted."""
_UNUSUAL = 1.0
"""Surprise of the number from which signs are looked at: one in ten operators."""


def hand_surprise(alone: pl.DataFrame, customers: pl.DataFrame, shares: pl.DataFrame) -> pl.DataFrame:
    """Surprise of the customers of each operator who met nobody else.

    Args:
        alone: `HAND` and chance of each customer who met the operator alone.
        customers: provider_id, days and customers: how many came on so many days.
        shares: `HAND` and share in the custom of the place.

    Returns:
        Columns `HAND`, observed and expected at the widest limit, and surprise, for each operator of ``shares``;
        sorted. The limits count as looks.
    """
    hands = shares.select(HAND).sort(HAND)
    chances = customers.join(shares, on="provider_id").with_columns(
        chance=pl.col("share") ** pl.col("days").cast(pl.Float64)
    )
    measured = [_at_limit(hands, alone, chances, limit) for limit in LIMITS]
    surprises = np.maximum.reduce([count_surprise(seen, expected) for seen, expected in measured])
    seen, expected = measured[0]
    return hands.with_columns(
        observed=pl.Series(seen),
        expected=pl.Series(expected),
        surprise=pl.Series(np.maximum(surprises - np.log10(len(LIMITS)), 0.0)),
    )


def _at_limit(
    hands: pl.DataFrame, alone: pl.DataFrame, chances: pl.DataFrame, limit: float
) -> tuple[Floats, Floats]:
    """Customers seen and expected of each operator whose chance is within the limit."""
    seen = alone.filter(pl.col("chance") <= limit).group_by(HAND).agg(seen=pl.len().cast(pl.Float64))
    within = chances.filter(pl.col("chance") <= limit).group_by(HAND)
    expected = within.agg(expected=(pl.col("chance") * pl.col("customers")).sort().sum().round(9))
    both = hands.join(seen, on=HAND, how="left").join(expected, on=HAND, how="left").fill_null(0.0).sort(HAND)
    return both["seen"].to_numpy(), both["expected"].to_numpy()


def shared_day_rate(visits: npt.ArrayLike, days: npt.ArrayLike) -> Floats:
    """Chance that a visit of a group falls on a day of another of its visits, were they spread as other custom is.

    Args:
        visits: of each group.
        days: effective number of days of the operator's other custom.
    """
    others = np.maximum(np.asarray(visits, dtype=np.float64) - 1, 0.0)
    return np.asarray(1 - (1 - 1 / np.maximum(days, 1.0)) ** others, dtype=np.float64)


def with_signs(number: npt.ArrayLike, signs: list[Floats]) -> Floats:
    """Surprise of a number of customers alone, or together with what their visits have in common, the larger of both.

    Both count as looks. Nothing where the number is usual, or no sign agrees with it: an operator may have regulars.
    """
    count = np.asarray(number, dtype=np.float64)
    agree = np.any([sign >= AGREES for sign in signs], axis=0) & (count >= _UNUSUAL)
    larger = np.maximum(count, joined_surprise([count, *signs])) - np.log10(2)
    return np.where(agree, np.maximum(larger, 0.0), 0.0)
