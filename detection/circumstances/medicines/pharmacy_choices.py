"""What else leads a prescriber's patients to a pharmacy: its distance, and their own custom."""

from __future__ import annotations

import polars as pl

from detection.circumstances.medicines.prescription_flows import PAIR
from detection.circumstances.places import POINT, km_apart, places
from detection.detectors.context import DetectorContext


def distances(purchases: pl.DataFrame, context: DetectorContext) -> pl.DataFrame:
    """Pharmacies around the institutions: institution, provider, km, order, order_pooled.

    ``order`` is 0 for the nearest pharmacy; ``order_pooled`` counts only those at which the pooled fund pays, and is
    null for all others: a prescription that the fund is to share in can be filled nowhere else.
    An institution or pharmacy without coordinates has no rows.
    """
    codes: pl.LazyFrame = context.views["provider_codes"].to_native()
    kinds: pl.LazyFrame = context.whole.providers.select("provider_id", "provider_kind").to_native()
    sellers = (
        codes.join(kinds.filter(provider_kind="pharmacy"), on="provider_id").select("provider").collect()
    )
    net: pl.LazyFrame = context.views["net_settlements"].to_native()
    pooled = net.filter(pl.col("pool_paid") > 0).select("provider", pooled=pl.lit(True)).unique().collect()
    there = places(context)
    here = (
        purchases.select(provider="institution")
        .unique()
        .join(there, on="provider")
        .rename({"provider": "institution", **{name: f"{name}_here" for name in POINT}})
    )
    return (
        here.join(there.join(sellers, on="provider"), how="cross")
        .select("institution", "provider", km=km_apart("_here"))
        .join(pooled, on="provider", how="left", maintain_order="left")
        .with_columns(order=_rank().over("institution"))
        .with_columns(order_pooled=pl.when("pooled").then(_rank().over("institution", "pooled")))
        .drop("pooled")
    )


def customs(pairs: pl.DataFrame, purchases: pl.DataFrame, context: DetectorContext) -> pl.DataFrame:
    """What the patients of some pairs buy at pharmacies without the prescriber.

    Args:
        pairs: prescriber_id, provider, institution, km (null where unknown); few.
        purchases: of `detection.circumstances.medicines.prescription_flows.prescribed_purchases`.
        context: the data.

    Returns:
        Columns of `PAIR`; habit: share of the pair's patients who also buy there otherwise; nearer: share of their
        other purchases that they make at pharmacies nearer to the institution, null where distances are not known.
    """
    patients = purchases.join(pairs, on=PAIR, how="semi").select(*PAIR, "person").unique()
    sellers: pl.LazyFrame = context.whole.providers.select("provider_id", "provider_kind").to_native()
    net: pl.LazyFrame = context.views["net_settlements"].to_native()
    bought = (
        net.join(sellers.filter(provider_kind="pharmacy"), on="provider_id", how="semi")
        .select("person", by="prescriber_id", where="provider")
        .join(patients.lazy(), on="person", how="inner")
        .filter(pl.col("by").is_null() | (pl.col("by") != pl.col("prescriber_id")))
        .collect()
    )
    there = distances(purchases, context).select("institution", where="provider", km_there="km")
    other = (
        bought.filter(pl.col("where") != pl.col("provider"))
        .join(pairs.select(*PAIR, "institution", "km"), on=PAIR)
        .join(there, on=["institution", "where"])
        .group_by(PAIR)
        .agg(nearer=(pl.col("km_there") < pl.col("km")).mean())
    )
    here = (
        bought.filter(pl.col("where") == pl.col("provider"))
        .group_by(PAIR)
        .agg(customers=pl.col("person").n_unique().cast(pl.Int64))
    )
    return (
        patients.group_by(PAIR)
        .agg(n=pl.len().cast(pl.Int64))
        .join(here, on=PAIR, how="left")
        .join(other, on=PAIR, how="left")
        .select(*PAIR, "nearer", habit=pl.col("customers").fill_null(0) / pl.col("n"))
    )


def _rank() -> pl.Expr:
    return pl.col("km").rank("ordinal").cast(pl.Int64) - 1
