"""Packs that a shop sold more than once by their trace code (D01).

Null: the shop repeats codes as its peers do, by misreading and by late corrections; counts against the packs it
sold, gamma-Poisson with the peers' spread. Split packs, sales that were taken back, and a bill sent twice are
lawful and left out. Repeats of one code count up to a bound, so that no single wrong label makes a case, and a case
has several codes.
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
    """The sales of the codes that a shop sold again, of shops that do so more than chance and peers explain."""
    scans = _scans(context, thresholds)
    cases = _shops(scans, thresholds).filter(
        pl.col("value") >= ALERT,
        pl.col("observed") >= int(thresholds.latest("min_repeats")),
        pl.col("codes") >= int(thresholds.latest("min_codes")),
    )
    again = scans.repeated.filter(pl.len().over("trace_code", "provider") > 1)
    return nw.from_native(
        again.join(cases, on="provider", how="inner")
        .lazy()
        .select(
            "settlement_id",
            "provider_id",
            cause=pl.when("first_here").then(pl.lit("first_sale")).otherwise(pl.lit("sold_again")),
            subject_id="provider_id",
            strength="value",
        )
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every shop with a repeated code."""
    shops = _shops(_scans(context, thresholds), thresholds).filter(pl.col("observed") >= 1)
    codes: pl.LazyFrame = context.views["provider_codes"].to_native()
    return nw.from_native(
        shops.lazy()
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


def _shops(scans: TraceScans, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """Every shop: provider, packs, observed (repeats), codes (repeated), expected (repeats), value (evidence)."""
    most = int(thresholds.latest("most_per_code"))
    repeats = (
        scans.repeated.group_by("provider", "trace_code")
        .agg(again=(pl.len().cast(pl.Int64) - 1).clip(0, most))
        .filter(pl.col("again") > 0)
        .group_by("provider")
        .agg(observed=pl.col("again").sum(), codes=pl.len().cast(pl.Int64))
    )
    shops = (
        scans.sold.group_by("provider")
        .agg(pl.col("packs").sum())
        .join(repeats, on="provider", how="left")
        .with_columns(pl.col("observed", "codes").fill_null(0))
        .sort("provider")
    )
    seen, exposure = shops["observed"].to_numpy(), shops["packs"].to_numpy()
    expected = usual_count(seen, exposure)
    surprise = gamma_poisson_surprise(seen, expected, fitted_shape(seen, expected))
    return shops.with_columns(
        expected=pl.Series(expected), value=pl.Series(evidence_of(surprise, shops.height))
    )
