"""Bills that repeat an earlier bill of the day: the same content by the same prescriber, soon after it."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.context import DetectorContext
from detection.evidence.by_kind import standing_lines
from features.contract.vocabulary import INPATIENT

_MINUTES = 60
_COPY = ["person_id", "provider_id", "prescriber_id", "service_day", "care_type", "content"]


def bills_with_copies(context: DetectorContext, hours: int) -> pl.DataFrame:
    """Bills outside stays that stand whole, and whether each repeats another.

    Args:
        context: the data set.
        hours: at most so long after the earlier bill; where minutes are not known nothing is a copy.

    Returns:
        settlement_id, provider_id, kind (care type), pool and account (fen), copied; sorted.
    """
    timed: pl.LazyFrame = context.assessable.settlements.select(
        "settlement_id", "settled_minute", bill_prescriber=nw.col("prescriber_id")
    ).to_native()
    line = pl.concat_str("item_code", "quantity", "amount", separator="/")
    bills = (
        standing_lines(context)
        .filter(pl.col("care_type") != INPATIENT)
        .with_columns(line=line)
        .group_by("settlement_id", "person_id", "provider_id", "service_day", "care_type")
        .agg(pl.col("pool", "account").sum(), content=pl.col("line").sort().str.join("|"))
        .join(timed, on="settlement_id", how="inner")
        .rename({"bill_prescriber": "prescriber_id"})
        .sort("settled_minute", "settlement_id")
        .collect()
    )
    since = (pl.col("settled_minute") - pl.col("settled_minute").shift(1)).over(_COPY)
    copied = (since <= hours * _MINUTES).fill_null(value=False)
    return bills.select(
        "settlement_id", "provider_id", "pool", "account", kind="care_type", copied=copied
    ).sort("settlement_id")
