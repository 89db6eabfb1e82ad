"""Packs that a shop sold although another provider had sold them before (D03).

Null: the shop sells such packs as its peers do, by misreading; counts against the packs it sold, gamma-Poisson with
the peers' spread. Split packs and sales that were taken back are left out, and so is a second sale to the same
person. Shops of a chain move packs, but none of them sells a pack that another has sold.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.medicines.trace_codes import TraceScans, trace_scans
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from features.registry import Frame
from models.evidence.counts import fitted_shape, gamma_poisson_surprise, usual_count
from models.evidence.unit import ALERT
from models.evidence.unit import evidence as evidence_of


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The shop's sales of packs that were sold before, and the earlier sales, of which no money is at issue."""
    scans = _scans(context, thresholds)
    cases = _shops(scans).filter(
        pl.col("value") >= ALERT, pl.col("observed") >= int(thresholds.latest("min_packs"))
    )
    codes: pl.LazyFrame = context.views["provider_codes"].to_native()
    later = scans.sold_on.join(cases, on="provider", how="inner")
    named = (
        later.lazy()
        .join(codes, on="provider", how="inner")
        .select("trace_code", "value", seller_id="provider_id", sale="settlement_id")
    )
    earlier = scans.repeated.lazy().filter("first").select("trace_code", origin="settlement_id")
    columns = {"subject_id": "seller_id", "strength": "value"}
    return nw.from_native(
        pl.concat(
            [
                named.select(
                    "seller_id",
                    settlement_id="sale",
                    cause=pl.lit("sold_before_elsewhere"),
                    pool=pl.lit(None, pl.Int64),
                    account=pl.lit(None, pl.Int64),
                    **columns,
                ),
                named.join(earlier, on="trace_code", how="inner").select(
                    "seller_id",
                    settlement_id="origin",
                    cause=pl.lit("earlier_sale"),
                    pool=pl.lit(0, pl.Int64),
                    account=pl.lit(0, pl.Int64),
                    **columns,
                ),
            ]
        )
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every shop that sold a pack which was sold before elsewhere."""
    codes: pl.LazyFrame = context.views["provider_codes"].to_native()
    return nw.from_native(
        _shops(_scans(context, thresholds))
        .lazy()
        .filter(pl.col("observed") >= 1)
        .join(codes, on="provider", how="inner")
        .select(
            "value",
            "expected",
            subject_kind=pl.lit("provider"),
            subject_id="provider_id",
            observed=pl.col("observed").cast(pl.Float64),
        )
    )


def _scans(context: DetectorContext, thresholds: StatisticalThresholds) -> TraceScans:
    return trace_scans(context, places=int(thresholds.latest("placeholder_places")))


def _shops(scans: TraceScans) -> pl.DataFrame:
    """Every shop: provider, packs, observed (packs sold before elsewhere), expected, value (evidence)."""
    before = scans.sold_on.group_by("provider").agg(observed=pl.col("trace_code").n_unique().cast(pl.Int64))
    shops = (
        scans.sold.group_by("provider")
        .agg(pl.col("packs").sum())
        .join(before, on="provider", how="left")
        .with_columns(pl.col("observed").fill_null(0))
        .sort("provider")
    )
    seen, exposure = shops["observed"].to_numpy(), shops["packs"].to_numpy()
    expected = usual_count(seen, exposure)
    surprise = gamma_poisson_surprise(seen, expected, fitted_shape(seen, expected))
    return shops.with_columns(
        expected=pl.Series(expected), value=pl.Series(evidence_of(surprise, shops.height))
    )
