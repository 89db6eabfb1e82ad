"""Settlements in quick succession, on one sorted array instead of a window function."""

from __future__ import annotations

import numpy as np
import polars as pl

from features.collusion.counter import QUICK_MINUTES, provider_succession
from features.registry import kernel


@kernel(provider_succession)
def succession_on_arrays(coded_settlements: pl.LazyFrame, provider_codes: pl.LazyFrame) -> pl.LazyFrame:
    """`provider_succession`: every settlement but a provider's first is compared with the previous one.

    Args:
        coded_settlements: provider, settled_minute and more.
        provider_codes: provider, provider_id.
    """
    timed = (
        coded_settlements.select("provider", "settled_minute").filter(pl.col("settled_minute").is_not_null())
    ).collect()
    provider = timed["provider"].cast(pl.Int64).to_numpy()
    minute = timed["settled_minute"].to_numpy()
    if not len(minute):
        return _counted(provider, np.zeros(0, dtype=bool)).join(provider_codes, on="provider")
    first = int(minute.min())
    span = int(minute.max()) - first + QUICK_MINUTES + 1  # providers are apart by more than a quick step
    queue = np.sort(provider * span + (minute - first))
    quick = np.diff(queue, prepend=queue[0] - span) <= QUICK_MINUTES
    return _counted(queue // span, quick).join(provider_codes, on="provider")


def _counted(provider: np.ndarray, quick: np.ndarray) -> pl.LazyFrame:
    return (
        pl.LazyFrame({"provider": provider.astype(np.int32), "quick": quick})
        .group_by("provider")
        .agg(pl.len().cast(pl.Int64).alias("settlements"), pl.col("quick").sum().cast(pl.Int64))
    )
