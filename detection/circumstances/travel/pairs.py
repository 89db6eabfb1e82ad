"""Neighboring settlements of one person with too few minutes between them."""

from __future__ import annotations

import polars as pl

from detection.circumstances.places import POINT, farthest, km_apart, places
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered

SIDE = ["settlement_id", "person", "provider", "settled_minute", "settled_day"]
SIDES = ("", "_before")
_BY_OTHERS = ["inpatient", "emergency"]


@remembered
def hasty_pairs(context: DetectorContext, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """Neighbors in time, at two places with coordinates, with too few minutes between them.

    Left out are stays and emergencies (settled by relatives, or from an ambulance), and what was settled later than on
    the day of care.

    Args:
        context: the data.
        thresholds: speed_kmh, serve_minutes, min_km, at_once_minutes, place_km.

    Returns:
        Columns of `SIDE` for both settlements (the earlier one's end in ``_before``), cause (``too_fast`` or
        ``at_once``), and share: of the time that the way takes, how much there was; of two visits that are near in
        time by chance it is uniform between 0 and 1.
    """
    there = places(context)
    speed, serve = float(thresholds.latest("speed_kmh")), int(thresholds.latest("serve_minutes"))
    at_once_minutes = int(thresholds.latest("at_once_minutes"))
    settled = _close_in_time(context, max(serve + 60 * farthest(there) / speed, at_once_minutes))
    # Of two settlements in one minute, place and amount say which comes first: an id never decides.
    ordered = settled.join(there.lazy(), on="provider", how="inner").sort(
        "person", "settled_minute", *POINT, "total_amount"
    )
    neighbors = ordered.with_columns(pl.col(*SIDE, *POINT).shift(1).name.suffix("_before")).filter(
        pl.col("person") == pl.col("person_before")
    )
    km, elapsed = km_apart("_before"), pl.col("settled_minute") - pl.col("settled_minute_before")
    needed = (serve + 60 * km / speed).ceil().cast(pl.Int64)
    at_once = (km >= float(thresholds.latest("place_km"))) & (elapsed < at_once_minutes)
    too_fast = (km >= float(thresholds.latest("min_km"))) & (elapsed < needed)
    return (
        neighbors.with_columns(
            share=((elapsed + 1) / (pl.max_horizontal(needed, elapsed) + 1)),
            cause=pl.when(at_once).then(pl.lit("at_once")).when(too_fast).then(pl.lit("too_fast")),
        )
        .drop_nulls("cause")
        .select(*(f"{name}{side}" for name in SIDE for side in SIDES), "share", "cause")
        .collect()
    )


@remembered
def district_pairs(context: DetectorContext, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """Neighbors in time in two districts, with few minutes between them, where a place has no coordinates.

    Args:
        context: the data.
        thresholds: district_minutes.

    Returns:
        As `hasty_pairs`; the cause is ``two_districts``, and the share is of these minutes.
    """
    minutes = int(thresholds.latest("district_minutes"))
    codes: pl.LazyFrame = context.views["provider_codes"].to_native()
    given: pl.LazyFrame = context.whole.providers.select("provider_id", "district_code").to_native()
    known = places(context).lazy().select("provider", placed=pl.lit(value=True))
    # A code that ends in 00 names a whole city or province.
    where = (
        codes.join(given.filter(~pl.col("district_code").str.ends_with("00")), on="provider_id", how="inner")
        .join(known, on="provider", how="left")
        .select("provider", "district_code", placed=pl.col("placed").fill_null(value=False))
    )
    ordered = (
        _close_in_time(context, minutes)
        .join(where, on="provider", how="inner")
        .sort("person", "settled_minute", "district_code", "total_amount")
    )
    neighbors = ordered.with_columns(
        pl.col(*SIDE, "district_code", "placed").shift(1).name.suffix("_before")
    ).filter(
        pl.col("person") == pl.col("person_before"),
        pl.col("district_code") != pl.col("district_code_before"),
        ~(pl.col("placed") & pl.col("placed_before")),
    )
    elapsed = pl.col("settled_minute") - pl.col("settled_minute_before")
    return (
        neighbors.filter(elapsed < minutes)
        .with_columns(share=(elapsed + 1) / (minutes + 1), cause=pl.lit("two_districts"))
        .select(*(f"{name}{side}" for name in SIDE for side in SIDES), "share", "cause")
        .collect()
    )


def _close_in_time(context: DetectorContext, minutes: float) -> pl.LazyFrame:
    """Settlements that have another one of the same person within so many minutes: few of all."""
    net: pl.LazyFrame = context.views["net_settlements"].to_native()
    near = [
        (pl.col("person") == pl.col("person").shift(step))
        & ((pl.col("settled_minute") - pl.col("settled_minute").shift(step)).abs() <= minutes)
        for step in (1, -1)
    ]
    return (
        net.filter(pl.col("settled_minute").is_not_null(), pl.col("service_day") == pl.col("settled_day"))
        .filter(~pl.col("care_type").is_in(_BY_OTHERS))
        .select(*SIDE, "total_amount")
        .sort("person", "settled_minute")
        .filter(pl.any_horizontal(near).fill_null(value=False))
    )
