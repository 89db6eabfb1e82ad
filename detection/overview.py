"""What the screens show of the data themselves: institutions by name, and money by month."""

from __future__ import annotations

from typing import Any

import polars as pl

from features.engine import Views
from features.tables import Tables


def institutions(tables: Tables) -> list[dict[str, Any]]:
    """Every provider with name, kind, level and district, sorted by id."""
    frame: pl.LazyFrame = tables.providers.to_native()
    return (
        frame.select(
            "provider_id",
            name=pl.col("provider_name").fill_null(""),
            kind=pl.col("provider_kind").fill_null("unknown"),
            level=pl.col("level").fill_null("unknown"),
            district=pl.coalesce("district_code", "pooling_area").fill_null(""),
        )
        .sort("provider_id")
        .collect()
        .to_dicts()
    )


def monthly_spend(views: Views) -> list[dict[str, Any]]:
    """Settlements and fen by calendar month, net of reversals; ``month`` as ``2024-03``."""
    net: pl.LazyFrame = views["net_settlements"].to_native()
    by_month = (
        net.group_by("settled_month")
        .agg(
            settlements=pl.len().cast(pl.Int64),
            pool=pl.col("pool_paid").sum(),
            account=pl.col("account_paid").sum(),
            mutual_aid=pl.col("mutual_aid_paid").sum(),
        )
        .sort("settled_month")
        .collect()
    )
    return [
        {"month": f"{month // 12:04d}-{month % 12 + 1:02d}", **money}
        for month, money in zip(
            by_month["settled_month"], by_month.drop("settled_month").iter_rows(named=True), strict=True
        )
    ]
