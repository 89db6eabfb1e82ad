"""Settlements that waited while a provider could not send: one backlog, cleared at once, is lawful.

An outage, or the closing of the books at the end of a year, shows in the data as a day from which on the provider sends
what it did in the days before, a good part of what it sent late around then. What is late again and again is no outage.
"""

from __future__ import annotations

import polars as pl

from features.registry import Frame

OUTAGE = ("outage_days", "cleared_days", "outage_percent")
"""Thresholds: days of care that may wait, days in which they are sent, least share of what is sent late around then."""
_AROUND = 30
"""Days before and after the first day of sending; what is sent late then is compared."""


def backlogs(late: Frame) -> pl.DataFrame:
    """The settlements of the one backlog that a provider may have in a year.

    Args:
        late: settlement_id, provider_id, service_day, settled_day of settlements that were sent late; `OUTAGE` in
            force on their days.

    Returns:
        settlement_id, sorted.
    """
    lazy: pl.LazyFrame = late.to_native().lazy()
    rows = lazy.select("settlement_id", "provider_id", "service_day", "settled_day", *OUTAGE).collect()
    begins = rows.select("provider_id", begin="settled_day").unique()
    near = rows.join(begins, on="provider_id").filter(
        (pl.col("settled_day") - pl.col("begin")).abs() <= _AROUND
    )
    waited = (
        (pl.col("service_day") < pl.col("begin"))
        & (pl.col("service_day") >= pl.col("begin") - pl.col("outage_days"))
        & pl.col("settled_day").is_between("begin", pl.col("begin") + pl.col("cleared_days") - 1)
    )
    largest = (
        near.group_by("provider_id", "begin")
        .agg(waited=waited.sum(), all=pl.len(), percent=pl.col("outage_percent").max())
        .filter(pl.col("waited") * 100 >= pl.col("percent") * pl.col("all"))
        .with_columns(year=pl.from_epoch("begin", time_unit="d").dt.year())
        .sort("provider_id", "year", "waited", "begin", descending=[False, False, True, False])
        .unique(["provider_id", "year"], keep="first", maintain_order=True)
        .select("provider_id", "begin")
    )
    return (
        near.join(largest, on=["provider_id", "begin"])
        .filter(waited)
        .select("settlement_id")
        .unique()
        .sort("settlement_id")
    )
