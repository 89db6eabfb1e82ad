"""Accounts that spent most of what they held at one place within weeks, unlike the rest of their time.

Measured is the month in which an account spent most at a place: against its own spending in all other months, drawn
toward that of everybody, because who spends much every month is ill and not emptied.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from models.evidence.extremes import tail_surprise

CASE = ["owner_id", "provider_id"]
_PRIOR_MONTHS = 3.0  # weight of the average spending, in months, when an account's own is shrunk toward it
_MONTH = 30.0


_MONTHS = {
    **dict.fromkeys(CASE, pl.String),
    "first": pl.Int32,
    "spent": pl.Int64,
    "last": pl.Int32,
    "share": pl.Float64,
    "surprise": pl.Float64,
}


def best_months(purchases: pl.DataFrame, days: int, least_days: int) -> pl.DataFrame:
    """The month in which each account spent most at each place, where it came on several days.

    Args:
        purchases: columns of `detection.circumstances.account_purchases.account_purchases`.
        days: of such a month.
        least_days: with purchases.

    Returns:
        `CASE`, first and last (days), spent (fen), share (of what the account held and was credited; null where what
        was left is not known) and surprise (of the spending against the own other months, among all such months).
    """
    if purchases.is_empty():
        return pl.DataFrame(schema=_MONTHS | {name: purchases.schema[name] for name in CASE})
    months = (
        purchases.sort(*CASE, "day", "settlement_id")
        .rolling("day", period=f"{days}i", group_by=CASE)
        .agg(
            first=pl.col("day").first(),
            visits=pl.col("day").n_unique(),
            spent=pl.col("amount").sum(),
            left=pl.col("left").last(),
        )
        .filter(pl.col("visits") >= least_days)
        .sort(*CASE, "spent", "day", descending=[False, False, True, False])
        .unique(CASE, keep="first", maintain_order=True)
    )
    observed = max((int(str(purchases["day"].max())) - int(str(purchases["day"].min()))) / _MONTH, 1.0)
    everybody = int(purchases["amount"].sum()) / purchases["owner_id"].n_unique() / observed
    whole = purchases.group_by("owner_id").agg(whole=pl.col("amount").sum())
    usual = (pl.col("whole") - pl.col("spent") + _PRIOR_MONTHS * everybody) / (observed + _PRIOR_MONTHS)
    against = months.join(whole, on="owner_id", maintain_order="left").with_columns(usual=usual)
    return against.select(
        *CASE,
        "first",
        "spent",
        last="day",
        share=pl.col("spent") / (pl.col("spent") + pl.col("left")),
        surprise=pl.Series(tail_surprise(np.log((against["spent"] / against["usual"]).to_numpy()))),
    )
