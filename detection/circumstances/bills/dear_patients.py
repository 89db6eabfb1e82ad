"""Patients of each place with a dear outpatient bill, by illness, among places of one kind and level."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.context import DetectorContext
from features.contract.vocabulary import OUTPATIENT

_GROUP = 3  # characters of a diagnosis that name its group
_PHARMACY = "pharmacy"
_COURSE = 4
"""Dear bills of a patient at a place from which the patient is under a treatment that is dear by itself."""


def outpatient_bills(context: DetectorContext, dear_percent: float) -> pl.DataFrame:
    """Outpatient bills that stand after reversals, of places that treat.

    Args:
        context: the data set.
        dear_percent: share of the bills of places of one kind and level that are dear.

    Returns:
        settlement_id, person_id, provider_id, peers (kind and level), kind (group of the diagnosis), pool, account and
        beyond: the share of the bill that lies beyond the dear ones' least amount, 0 for all other bills and for those
        of a course of treatment; sorted.
    """
    ill: pl.LazyFrame = context.assessable.settlements.filter(~nw.col("diagnosis_code").is_null()).to_native()
    places: pl.LazyFrame = context.whole.providers.select("provider_id", "provider_kind", "level").to_native()
    net: pl.LazyFrame = context.views["net_settlements"].to_native()
    limit = pl.col("total_amount").quantile(1 - dear_percent / 100, "nearest").over("peers")
    return (
        net.filter(pl.col("care_type") == OUTPATIENT, pl.col("total_amount") > 0)
        .join(
            ill.select("settlement_id", kind=pl.col("diagnosis_code").str.slice(0, _GROUP)),
            on="settlement_id",
            how="inner",
        )
        .join(places.filter(pl.col("provider_kind") != _PHARMACY), on="provider_id", how="inner")
        .with_columns(peers=pl.concat_str("provider_kind", "level", separator="/", ignore_nulls=True))
        .with_columns(beyond=(1 - limit / pl.col("total_amount")).clip(lower_bound=0.0))
        .select(
            "settlement_id",
            "person_id",
            "provider_id",
            "peers",
            "kind",
            "beyond",
            pool="pool_paid",
            account=pl.col("account_paid") + pl.col("mutual_aid_paid"),
        )
        .sort("provider_id", "settlement_id")
        .collect()
        .with_columns(beyond=outside_courses())
    )


def outside_courses() -> pl.Expr:
    """``beyond``; 0 for patients who have dear bills of a place again and again: a course of infusions, for example."""
    dear_bills = (pl.col("beyond") > 0).sum().over("provider_id", "person_id")
    return pl.when(dear_bills < _COURSE).then(pl.col("beyond")).otherwise(0.0)


def patients_with_dear_bills(bills: pl.DataFrame) -> pl.DataFrame:
    """Patients and those with a dear bill: provider_id, peers, kind, exposure, seen; sorted."""
    return (
        bills.group_by("provider_id", "peers", "kind", "person_id")
        .agg(dear=(pl.col("beyond") > 0).any())
        .group_by("provider_id", "peers", "kind")
        .agg(exposure=pl.len().cast(pl.Int64), seen=pl.col("dear").sum().cast(pl.Int64))
        .sort("provider_id", "kind")
    )


def without_specialties(cells: pl.DataFrame, most: int) -> pl.DataFrame:
    """The cells without each place's illnesses that stand out most: what a place is known for costs more there.

    Args:
        cells: from `patients_with_dear_bills`.
        most: how many illnesses are left out.
    """
    of_kind = pl.col("seen").sum().over("peers", "kind") - pl.col("seen")
    exposed = pl.col("exposure").sum().over("peers", "kind") - pl.col("exposure")
    usual = pl.col("seen").sum().over("peers") / pl.col("exposure").sum().over("peers")
    excess = pl.col("seen") - pl.col("exposure") * (of_kind + usual) / (exposed + 1)
    return (
        cells.with_columns(excess=excess.round(9))
        .sort("provider_id", "excess", "kind", descending=[False, True, False])
        .filter(pl.int_range(pl.len()).over("provider_id") >= most)
        .drop("excess")
        .sort("provider_id", "kind")
    )
