"""Customers whom one operator alone served, visit after visit, and what else these visits have in common.

Left out are stays, care under a programme, visits that a registered context explains, and customers who buy their own
medicine again and again: who comes for a prescription at a fixed hour meets the same operator.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.quiet_accounts import with_own_medicine
from detection.circumstances.registered import explained_visits
from detection.detectors.context import DetectorContext
from features.ids.enumerated import enumerated
from features.visits.settlements import under_programme
from models.evidence.one_hand import HAND, hand_surprise

CUSTOMER = ["provider_id", "person_id"]
VISIT = [*CUSTOMER, "day"]
_PRIOR = 5.0
"""Weight of the prior, in visits, when the share of a month or half-day is shrunk to that of the whole period."""
_NOON = 13


def counter_visits(context: DetectorContext) -> pl.DataFrame:
    """Settlements at counters with a known operator, net of reversals, of customers with a single operator that day.

    Columns: settlement_id, `VISIT`, operator_id, month, hour (null at day precision), manual (null where unknown),
    amount (fen), goods (the dearest item; null without lines). Ids are codes, but for the settlement's.
    """
    open_counter = ~under_programme().fill_null(value=False) & (nw.col("care_type") != "inpatient")
    settlements: pl.LazyFrame = context.assessable.settlements.filter(open_counter).to_native()
    net: pl.LazyFrame = context.views["net_settlements"].select("settlement_id").to_native()
    explained: pl.LazyFrame = explained_visits(context).to_native()
    rows = (
        settlements.filter(pl.col("operator_id").is_not_null(), pl.col("total_amount") > 0)
        .select(
            "settlement_id",
            *CUSTOMER,
            "operator_id",
            day="settled_day",
            month="settled_month",
            hour=pl.col("settled_minute") // 60 % 24,
            manual=pl.col("channel") == "manual",
            amount="total_amount",
        )
        .join(net, on="settlement_id", how="semi")
        .join(explained, on=["person_id", "provider_id", "day"], how="anti")
    )
    served = enumerated(rows.collect(engine="streaming"), ["person_id", "provider_id", "operator_id"])
    rows = served.filter(pl.col("operator_id").n_unique().over(VISIT) == 1).lazy()
    lines: pl.LazyFrame = context.whole.charge_lines.to_native()
    dearest = pl.col("amount").eq_missing(pl.col("amount").max().over("settlement_id"))
    goods = (
        lines.select("settlement_id", "item_code", "amount")
        .join(rows.select("settlement_id"), on="settlement_id", how="semi")
        .filter(dearest)
        .group_by("settlement_id")
        .agg(goods=pl.col("item_code").max())
    )
    return rows.join(goods, on="settlement_id", how="left").collect(engine="streaming").sort("settlement_id")


def served_alone(visits: pl.DataFrame) -> pl.DataFrame:
    """Customers with several days whom one operator served on all of them: `HAND`, person_id, days and chance.

    The chance of each day is the operator's share in the other custom of the month, or of the half of the day,
    whichever is larger: an operator may be new, or work in the mornings.
    """
    daily = visits.unique(VISIT, keep="first", maintain_order=True)
    parts = daily.with_columns(half=(pl.col("hour") >= _NOON).fill_null(value=False))
    single = pl.col("operator_id").n_unique().over(CUSTOMER) == 1
    several = pl.len().over(CUSTOMER) > 1
    whole = _share(parts, ["provider_id"], pl.lit(0.0))
    by_month, by_half = (_share(parts, ["provider_id", by], whole) for by in ("month", "half"))
    chance = pl.max_horizontal(by_month, by_half).clip(1e-6, 1.0)
    rated = parts.with_columns(chance=chance, counted=single & several).filter("counted")
    known = rated.group_by(*HAND, "person_id").agg(
        days=pl.len().cast(pl.Int64), chance=pl.col("chance").log().sort().sum().exp()
    )
    own = with_own_medicine(known.select(CUSTOMER), visits)
    return known.join(own, on=CUSTOMER, how="anti").sort(*HAND, "person_id")


def _share(daily: pl.DataFrame, stratum: list[str], whole: pl.Expr) -> pl.Expr:
    """Share of a visit's operator in the visits of the other customers of the stratum."""
    key = [*stratum, "operator_id"]
    prior = _PRIOR if len(stratum) > 1 else 0.0
    own = pl.len().over(*stratum, "person_id")  # all by one operator, for those who are counted
    served = pl.len().over(key) - own
    everybody = pl.len().over(stratum) - own
    return (served + prior * whole) / (everybody + max(prior, 1e-9))


def hands(visits: pl.DataFrame, alone: pl.DataFrame) -> pl.DataFrame:
    """Every operator of a place with the surprise of the customers served alone: see `hand_surprise`.

    Args:
        visits: from `counter_visits`.
        alone: from `served_alone`.
    """
    daily = visits.unique(VISIT, keep="first", maintain_order=True)
    shares = daily.group_by(HAND).agg(visits=pl.len())
    share = pl.col("visits") / pl.col("visits").sum().over("provider_id")
    customers = daily.group_by(CUSTOMER).agg(days=pl.len()).filter(pl.col("days") > 1)
    counted = customers.group_by("provider_id", "days").agg(customers=pl.len())
    return hand_surprise(alone, counted, shares.select(*HAND, share=share))
