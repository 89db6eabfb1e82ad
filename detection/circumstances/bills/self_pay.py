"""What patients of each provider pay themselves of the cost, by month, against the city's trend."""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy.stats import t

from detection.detectors.context import DetectorContext
from features.contract.vocabulary import INPATIENT
from features.visits.settlements import is_reversal
from models.evidence.unit import evidence

MONTH = ["provider_id", "settled_month"]
_LOG_10 = float(np.log(10))
_LEAST_SPREAD = 0.01  # of a share: months differ at least so much
_NORMAL = 1.4826  # from the median absolute deviation to the standard deviation
_EACH_SIDE = 3  # months


def monthly_shares(context: DetectorContext, least_bills: int) -> pl.DataFrame:
    """Share outside the insurance by provider and month, less that of its kind of provider in the month.

    Columns: `MONTH`, excess (share less the peers' median). Months with fewer than ``least_bills`` are left out, and so
    are stays.
    """
    rows: pl.LazyFrame = (
        context.assessable.settlements.filter(~is_reversal())
        .select(
            "provider_id",
            "settled_month",
            "care_type",
            "total_amount",
            "fully_self_paid",
            "over_limit_self_paid",
        )
        .to_native()
    )
    kinds: pl.LazyFrame = context.whole.providers.select("provider_id", "provider_kind").to_native()
    outside = pl.sum_horizontal("fully_self_paid", "over_limit_self_paid")
    months = (
        rows.filter(pl.col("care_type") != INPATIENT)
        .group_by(MONTH)
        .agg(bills=pl.len(), outside=outside.sum(), total=pl.col("total_amount").sum())
        .filter(pl.col("bills") >= least_bills, pl.col("total") > 0)
        .join(kinds, on="provider_id")
        .with_columns(share=pl.col("outside") / pl.col("total"))
        .sort(MONTH)
        .collect()
    )
    usual = pl.col("share").median().over("provider_kind", "settled_month")
    return months.select(*MONTH, excess=pl.col("share") - usual)


def steps(months: pl.DataFrame) -> pl.DataFrame:
    """The largest step of each provider: provider_id, month (first after it), change (of the share), value (evidence).

    A step is the difference of the means after and before a month, in units of the provider's own scatter and of how
    much its peers changed at that month; both sides count, and each month counts as a look.
    """
    order = sorted(months["settled_month"].unique().to_list())
    parts = [_steps_at(months, month) for month in order[_EACH_SIDE : len(order) - _EACH_SIDE + 1]]
    if not parts:
        return pl.DataFrame(
            schema={
                "provider_id": months.schema["provider_id"],
                "month": months.schema["settled_month"],
                "change": pl.Float64,
                "value": pl.Float64,
            }
        )
    every = pl.concat(parts)
    largest = every.sort("provider_id", "surprise", "month", descending=[False, True, False]).unique(
        "provider_id", keep="first", maintain_order=True
    )
    value = evidence(largest["surprise"].to_numpy(), largest.height * len(parts))
    return largest.with_columns(value=pl.Series(value, dtype=pl.Float64)).drop("surprise")


def _steps_at(months: pl.DataFrame, month: int) -> pl.DataFrame:
    after = pl.col("settled_month") >= month
    past, recent = pl.col("excess").filter(~after), pl.col("excess").filter(after)
    squares = (past - past.mean()).pow(2).sum() + (recent - recent.mean()).pow(2).sum()
    freedom = past.len().cast(pl.Int64) + recent.len().cast(pl.Int64) - 2
    measured = (
        months.group_by("provider_id", maintain_order=True)
        .agg(
            before=past.len().cast(pl.Int64),
            later=recent.len().cast(pl.Int64),
            change=recent.mean() - past.mean(),
            spread=(squares / freedom.clip(1)).sqrt(),
            freedom=freedom,
        )
        .filter(pl.col("before") >= _EACH_SIDE, pl.col("later") >= _EACH_SIDE)
    )
    changes = measured["change"].to_numpy()
    peers = float(np.median(np.abs(changes - np.median(changes)))) * _NORMAL if len(changes) else 0.0
    spread = np.maximum(measured["spread"].to_numpy(), _LEAST_SPREAD)
    error = spread * np.sqrt(1 / measured["before"].to_numpy() + 1 / measured["later"].to_numpy())
    size = np.abs(changes) / np.sqrt(error**2 + peers**2)
    surprise = -(t.logsf(size, measured["freedom"].to_numpy()) + np.log(2)) / _LOG_10
    return measured.select(
        "provider_id",
        "change",
        month=pl.lit(month, dtype=months.schema["settled_month"]),
        surprise=pl.Series(np.clip(surprise, 0.0, 300.0), dtype=pl.Float64),
    )
