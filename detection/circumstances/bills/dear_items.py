"""Items that cost more at a place than they do elsewhere, on bills that are dearer than its others.

Who bills one thing for another has a reason to bill much of it: more packs, a dearer pack, the dearest of a substance.
An item that is liked, recommended or cheap has none. Two comparisons have to agree, each by ranks of people: the lines
of the item with its lines elsewhere, so that a drug that is dear everywhere is none; and its bills with the other
bills of the place, so that a place that treats one thing only has none. A place that is dear as a whole is none either.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy.stats import norm

from detection.circumstances.bills.item_customers import CELL

_UNIFORM = 12.0  # one over the variance of a rank between 0 and 1
_PRIOR = 5.0  # people with the middle rank that shrink the mean rank of the rest of a place
_MIDDLE = 0.5
_LOG_10 = float(np.log(10))


def dearness(lines: pl.DataFrame) -> pl.DataFrame:
    """How surprising it is that an item is as dear at a place, where prices of people fall anywhere alike.

    Args:
        lines: from `detection.circumstances.bills.item_customers.customers_of_items`.

    Returns:
        `CELL` and dear (``-log10`` of the chance, the smaller of both comparisons); sorted.
    """
    sold = lines.group_by("settlement_id", "person_id", "places", *CELL).agg(pl.col("amount").sum())
    bill = pl.col("amount").sum().over("settlement_id")
    ranked = sold.with_columns(bill=bill).with_columns(
        line=_rank("amount", ["places", "item_code"]), of_bills=_rank("bill", ["provider_id"])
    )
    people = ranked.group_by(*CELL, "person_id").agg(pl.col("line", "of_bills").mean().round(9))
    cells = people.group_by(CELL).agg(pl.col("line", "of_bills").sum().round(6), people=pl.len())
    own = pl.col("people").cast(pl.Float64)
    known = cells.with_columns(
        *(_beyond(pl.col(name), own).alias(f"{name}_beyond") for name in ("line", "of_bills"))
    ).sort(CELL)
    least = known.select(pl.min_horizontal("line_beyond", "of_bills_beyond")).to_series().to_numpy()
    return known.select(CELL).with_columns(dear=pl.Series(np.round(-norm.logsf(least) / _LOG_10, 6)))


def _rank(value: str, among: list[str]) -> pl.Expr:
    """Place of a value among those of a group, between 0 and 1."""
    return (pl.col(value).rank("average").over(among) - _MIDDLE) / pl.len().over(among)


def _beyond(ranks: pl.Expr, people: pl.Expr) -> pl.Expr:
    """Standard deviations by which a cell's mean rank is above that of the rest of the place, or above the middle."""
    rest = (ranks.sum().over("provider_id") - ranks + _MIDDLE * _PRIOR) / (
        people.sum().over("provider_id") - people + _PRIOR
    )
    return (ranks / people - pl.max_horizontal(rest, pl.lit(_MIDDLE))) * (_UNIFORM * people).sqrt()
