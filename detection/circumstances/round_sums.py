"""Places at which many accounts pay round sums for different goods.

A price is round now and then, more often at some places than at others. Goods that several accounts buy there for the
same sum have that price, and a fee is the same for all; what is left was chosen. Where bills that no account pays
alone are as often round, the place rounds its bills.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from detection.detectors.context import DetectorContext
from features.money import FEN_PER_YUAN
from models.evidence.counts import count_surprise

_FEWEST_BILLS = 20
_AT_ONE_PRICE = 2
"""Accounts that count with the same sum: a package or a fee has one price for all."""
_TRIM = 0.05


def with_chosen_sums(purchases: pl.DataFrame) -> pl.DataFrame:
    """The purchases with ``chosen_round``: round, and not what other accounts pay there for the same goods."""
    listed = pl.col("owner_id").n_unique().over("provider_id", "goods", "price") > 1
    return purchases.with_columns(chosen_round=pl.col("round") & ~listed)


def round_places(purchases: pl.DataFrame, context: DetectorContext, round_yuan: int) -> pl.DataFrame:
    """How surprising the number of accounts with chosen round sums is at each place.

    Expected is the share of round sums of the same size at the places without the most of them, or that of the other
    bills of the place, whichever is higher.

    Args:
        purchases: from `with_chosen_sums`.
        context: whose settlements are the other bills.
        round_yuan: of which a round sum is a multiple.

    Returns:
        Columns provider_id, round_owners (at most two at one price) and by_rounds (surprise); sorted.
    """
    size = pl.col("price").clip(FEN_PER_YUAN).log(2).floor().alias("size")
    sums = purchases.filter("chosen").unique(
        ["owner_id", "provider_id", "goods", "price"], keep="first", maintain_order=True
    )
    sums = sums.with_columns(size)
    at_price = (
        sums.filter("chosen_round").group_by("provider_id", "price").agg(n=pl.col("owner_id").n_unique())
    )
    places = at_price.group_by("provider_id").agg(owners=pl.col("n").clip(upper_bound=_AT_ONE_PRICE).sum())
    known = sums.select("provider_id").unique().join(places, on="provider_id", how="left").fill_null(0)
    most = known["owners"].quantile(1 - _TRIM) or 0.0
    usual = sums.join(known.filter(pl.col("owners") <= most), on="provider_id", how="semi")
    rates = usual.group_by("size").agg(
        rate=(pl.col("chosen_round").cast(pl.Int64).sum() + 0.5) / (pl.len() + 1)
    )
    others = _other_bills(context, round_yuan)
    expected = (
        sums.join(rates, on="size", how="left")
        .join(others, on="provider_id", how="left")
        .group_by("provider_id")
        .agg(
            alike=pl.col("rate").fill_null(1.0).sort().sum().round(9),
            here=(pl.col("other").first().fill_null(0.0) * pl.len()).round(9),
        )
        .join(known, on="provider_id")
        .sort("provider_id")
    )
    mean = np.maximum(expected["alike"].to_numpy(), expected["here"].to_numpy())
    surprise = count_surprise(expected["owners"].to_numpy(), mean)
    return expected.select("provider_id", round_owners="owners", by_rounds=pl.Series(surprise))


def _other_bills(context: DetectorContext, round_yuan: int) -> pl.DataFrame:
    """Share of round sums (``other``) among the bills of a place that no account paid alone, where there are enough."""
    settlements: pl.LazyFrame = context.whole.settlements.to_native()
    by_account = pl.col("account_paid").fill_null(0) + pl.col("mutual_aid_paid").fill_null(0)
    total = pl.col("total_amount")
    return (
        settlements.filter(total > 0, by_account < total)
        .group_by("provider_id")
        .agg(bills=pl.len(), other=(total % (round_yuan * FEN_PER_YUAN) == 0).mean())
        .filter(pl.col("bills") >= _FEWEST_BILLS)
        .select("provider_id", "other")
        .collect(engine="streaming")
    )
