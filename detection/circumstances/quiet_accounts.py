"""Customers whose account pays small sums at one place, who come seldom and hardly go anywhere else.

A customer is a person whose own account alone paid at a place on several days. What a registered context explains is
left out. Two lawful reasons make people look alike, and such customers are not quiet: they take the same medicine
again and again that others there do not take, or they come together with the same other customer (a home, a couple).
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.company import in_company
from detection.circumstances.registered import explained_visits
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from models.evidence.choices import binomial_surprise

CUSTOMER = ["provider_id", "person_id"]
_OWN_MEDICINE = 1.3
"""Surprise from which the goods of a customer repeat more than those of the others at the place."""
_TAKEN = 0.1
"""Least share of a place's purchases that any goods are taken to have."""
_TOGETHER = 3
"""Days shared with the same other quiet customer that are no accident."""


def small_purchases(context: DetectorContext) -> pl.LazyFrame:
    """Purchases that the own account alone paid, net of reversals and of what a registered context explains.

    Columns: settlement_id, person_id, provider_id, operator_id, day, hour (null at day precision), amount (fen),
    goods (the dearest item; null without lines).
    """
    settlements: pl.LazyFrame = context.assessable.settlements.to_native()
    net: pl.LazyFrame = (
        context.views["net_settlements"]
        .select("settlement_id", nw.col("total_amount").alias("amount"))
        .to_native()
    )
    explained: pl.LazyFrame = explained_visits(context).to_native()
    paid = (
        settlements.filter(
            pl.col("care_type") != "inpatient",
            pl.col("total_amount") > 0,
            pl.col("account_paid") == pl.col("total_amount"),
        )
        .select(
            "settlement_id",
            "person_id",
            "provider_id",
            "operator_id",
            day="settled_day",
            hour=pl.col("settled_minute") // 60 % 24,
            amount="total_amount",
        )
        .join(net, on=["settlement_id", "amount"], how="semi")
        .join(explained, on=["person_id", "provider_id", "day"], how="anti")
    )
    lines: pl.LazyFrame = context.whole.charge_lines.to_native()
    goods = (
        lines.select("settlement_id", "item_code", "amount")
        .join(paid.select("settlement_id"), on="settlement_id", how="semi")
        .group_by("settlement_id")
        .agg(goods=pl.col("item_code").sort_by("amount", "item_code").last())
    )
    return paid.join(goods, on="settlement_id", how="left")


def customers(
    purchases: pl.DataFrame, context: DetectorContext, thresholds: StatisticalThresholds
) -> pl.DataFrame:
    """Customers with a habit at a place.

    Args:
        purchases: from `small_purchases`.
        context: all data, for the visits elsewhere.
        thresholds: min_days, dormant_days.

    Returns:
        Columns `CUSTOMER`, days, unevenness (spread of the gaps, as a share of their mean), operator_id (null where
        there is none or several), off_peak (most purchases in hours with little trade; null at day precision), woke
        (first day there, after so long without any visit; else null), quiet (seldom elsewhere, and either small sums
        or after so long without any visit; no lawful reason). Sorted by `CUSTOMER`.
    """
    gaps, small = pl.col("visited").list.diff(null_behavior="drop"), pl.col("largest") <= pl.col("usual")
    seldom = pl.col("anywhere") <= pl.col("anywhere").median()
    mostly_here = pl.col("days") * 2 >= pl.col("anywhere")
    known = _with_history(_habitual(purchases, int(thresholds.latest("min_days"))), context).with_columns(
        unevenness=(gaps.list.std() / gaps.list.mean()).round(9),
        operator_id=pl.when(pl.col("operators").list.len() == 1).then(pl.col("operators").list.first()),
        woke=pl.when(pl.col("idle") >= int(thresholds.latest("dormant_days"))).then("first"),
        quiet=mostly_here & ((small & seldom) | (pl.col("idle") >= int(thresholds.latest("dormant_days")))),
    )
    quiet = known.filter("quiet")
    visits = quiet.select(*CUSTOMER, day="visited").explode("day")
    together = in_company(visits, "person_id", _TOGETHER)
    lawful = pl.concat([with_own_medicine(quiet, purchases), together]).unique()
    return (
        known.join(lawful.with_columns(lawful=True), on=CUSTOMER, how="left")
        .with_columns(quiet=pl.col("quiet") & pl.col("lawful").is_null())
        .select(*CUSTOMER, "days", "unevenness", "operator_id", "off_peak", "woke", "quiet")
        .sort(CUSTOMER)
    )


def _habitual(purchases: pl.DataFrame, days: int) -> pl.DataFrame:
    """Customers with so many days at a place, and the place's usual sum."""
    by_hour = purchases.drop_nulls("hour").group_by("hour").agg(n=pl.len()).sort("n", "hour")
    least_trade = by_hour.filter(pl.col("n").cum_sum() * 5 <= pl.col("n").sum())["hour"]
    return (
        purchases.join(_usual(purchases), on="provider_id")
        .group_by(CUSTOMER)
        .agg(
            pl.col("day").unique().sort().alias("visited"),
            pl.col("amount").max().alias("largest"),
            pl.col("usual").first(),
            (pl.col("hour").is_in(least_trade.implode()).mean() > 0.5).alias("off_peak"),
            pl.col("operator_id").drop_nulls().unique().sort().alias("operators"),
        )
        .with_columns(days=pl.col("visited").list.len().cast(pl.Int64), first=pl.col("visited").list.first())
        .filter(pl.col("days") >= days)
    )


def _usual(purchases: pl.DataFrame) -> pl.DataFrame:
    """The usual sum at each place: its own median, or that of the middle place where its customers pull it down."""
    median = purchases.group_by("provider_id").agg(usual=pl.col("amount").median())
    return median.with_columns(pl.max_horizontal("usual", pl.col("usual").median()))


def _with_history(habitual: pl.DataFrame, context: DetectorContext) -> pl.DataFrame:
    """With the days of visits anywhere, and the days without any before the first one at the place (``idle``)."""
    visits: pl.LazyFrame = context.views["visits"].select("person_id", "day").to_native()
    days = visits.unique().collect(engine="streaming")
    anywhere = days.group_by("person_id").agg(anywhere=pl.len().cast(pl.Int64))
    before = (
        habitual.select(*CUSTOMER, "first")
        .join(days, on="person_id")
        .filter(pl.col("day") < pl.col("first"))
        .group_by(CUSTOMER)
        .agg(last=pl.col("day").max())
    )
    joined = habitual.join(anywhere, on="person_id").join(before, on=CUSTOMER, how="left")
    return joined.with_columns(idle=pl.col("first") - pl.col("last").fill_null(pl.lit(days["day"].min())))


def with_own_medicine(quiet: pl.DataFrame, purchases: pl.DataFrame) -> pl.DataFrame:
    """Customers whose goods repeat more than the goods of the other quiet customers of the place let one expect."""
    goods = purchases.drop_nulls("goods").join(quiet.select(CUSTOMER), on=CUSTOMER)
    if goods.is_empty():
        return quiet.select(CUSTOMER).clear()
    taken = goods.group_by(*CUSTOMER, "goods").agg(own=pl.len())
    taken = taken.with_columns(
        bought=pl.col("own").sum().over(CUSTOMER),
        others=pl.col("own").sum().over("provider_id", "goods") - pl.col("own"),
        all_here=pl.col("own").sum().over("provider_id"),
    ).with_columns(share=(pl.col("others") / (pl.col("all_here") - pl.col("bought")).clip(1)).clip(_TAKEN))
    own, bought, share = (taken[name].to_numpy() for name in ("own", "bought", "share"))
    surprise = binomial_surprise(own, bought, share)
    return taken.filter(pl.Series(surprise) >= _OWN_MEDICINE).select(CUSTOMER).unique()
