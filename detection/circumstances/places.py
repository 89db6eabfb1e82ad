"""Places of providers, and the distance between two of them."""

from __future__ import annotations

import math

import polars as pl

from detection.detectors.context import DetectorContext

POINT = ["x", "y", "z"]
"""Columns of a place: a point on the unit sphere."""
_EARTH = 6371.0088  # mean radius, km (IUGG)


def places(context: DetectorContext) -> pl.DataFrame:
    """Providers as points: provider (code), x, y, z. Those without coordinates, or at 0° 0°, are left out."""
    codes: pl.LazyFrame = context.views["provider_codes"].to_native()
    given: pl.LazyFrame = context.whole.providers.select("provider_id", "latitude", "longitude").to_native()
    known = (pl.col("latitude") != 0) | (pl.col("longitude") != 0)
    lat, lon = pl.col("latitude").radians(), pl.col("longitude").radians()
    return (
        codes.join(given.drop_nulls().filter(known), on="provider_id", how="inner")
        .select("provider", x=lat.cos() * lon.cos(), y=lat.cos() * lon.sin(), z=lat.sin())
        .collect()
    )


def km_apart(suffix: str) -> pl.Expr:
    """Kilometers along a great circle between `POINT` and the columns of the same names with a suffix."""
    square = pl.sum_horizontal((pl.col(name) - pl.col(f"{name}{suffix}")) ** 2 for name in POINT)
    return 2 * _EARTH * pl.min_horizontal(square.sqrt() / 2, pl.lit(1.0)).arcsin()


def farthest(places: pl.DataFrame) -> float:
    """An upper bound of the kilometers between two places: the diagonal of their box."""
    if places.is_empty():
        return 0.0
    box = places.select(pl.col(POINT).max() - pl.col(POINT).min()).row(0)
    return 2 * _EARTH * math.asin(min(1.0, math.hypot(*box) / 2))
