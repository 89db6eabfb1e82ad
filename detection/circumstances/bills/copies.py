"""Bills that repeat an earlier bill of the day: the same content by the same prescriber, soon after it."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from detection.detectors.context import DetectorContext
from detection.evidence.by_kind import bills_with_lines, standing_lines
from features.contract.vocabulary import INPATIENT

_MINUTES = 60
_SAME_DAY = ["person", "provider", "service_day"]
_COPY = [*_SAME_DAY, "prescriber_id", "care_type", "content"]


@dataclass(frozen=True)
class Copies:
    """Bills outside stays that stand whole, and those that repeat another.

    Attributes:
        cells: provider_id, kind (care type), exposure (bills), seen (those that repeat another).
        bills: settlement_id, provider_id, pool and account (fen) of the bills that repeat another; sorted.
    """

    cells: pl.DataFrame
    bills: pl.DataFrame


def copied_bills(context: DetectorContext, hours: int) -> Copies:
    """Look for bills that repeat another.

    Only bills of a person, a provider and a day that has several are compared line by line.

    Args:
        context: the data set.
        hours: at most so long after the earlier bill; where minutes are not known nothing is a copy.
    """
    outside = bills_with_lines(context).filter(pl.col("care_type") != INPATIENT)
    counted = outside.group_by("provider_id", kind="care_type").agg(exposure=pl.len().cast(pl.Int64))
    several = outside.filter(pl.len().over(_SAME_DAY) > 1)
    bills, compared = pl.collect_all([counted, several])
    copies = _copies(compared, context, hours)
    seen = copies.group_by("provider_id", kind="care_type").agg(seen=pl.len().cast(pl.Int64))
    cells = bills.join(seen, on=["provider_id", "kind"], how="left")
    return Copies(
        cells.with_columns(pl.col("seen").fill_null(0)),
        copies.select("settlement_id", "provider_id", "pool", "account").sort("settlement_id"),
    )


def _copies(bills: pl.DataFrame, context: DetectorContext, hours: int) -> pl.DataFrame:
    """Those of some bills that repeat another of them soon after it."""
    line = pl.concat_str("item_code", "quantity", "amount", separator="/")
    content = (
        standing_lines(context, bills.lazy())
        .group_by("settlement_id")
        .agg(pl.col("pool", "account").sum(), content=line.sort().str.join("|"))
        .collect()
    )
    since = (pl.col("settled_minute") - pl.col("settled_minute").shift(1)).over(_COPY)
    return (
        bills.join(content, on="settlement_id")
        .sort("settled_minute", "settlement_id")
        .filter(since <= hours * _MINUTES)
    )
