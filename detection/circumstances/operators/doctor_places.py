"""Days on which one doctor's care was settled at two places in turn, or within minutes of each other."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.registered import explained_visits
from detection.detectors.context import DetectorContext
from features.visits.settlements import is_reversal, under_programme

_DAY = ["prescriber_id", "day"]
_BY_HAND = "manual"
_KINDS = ("outpatient", "emergency")
_BACK = 2
"""Changes of place of a day: from one to the other and back again."""


def care_by_doctors(context: DetectorContext) -> pl.DataFrame:
    """Outpatient care of known doctors: settlement_id, provider_id, prescriber_id, day, minute (of settling); sorted.

    Left out are what a registered context explains, programmes, what was taken back or entered by hand, and what was
    settled on another day than it was given.
    """
    explained: pl.LazyFrame = explained_visits(context).to_native()
    net: pl.LazyFrame = context.views["net_settlements"].select("settlement_id").to_native()
    rows: pl.LazyFrame = (
        context.assessable.settlements.filter(
            ~is_reversal(),
            ~under_programme().fill_null(False),
            nw.col("care_type").is_in(_KINDS),
            nw.col("channel").fill_null("") != _BY_HAND,
            ~nw.col("prescriber_id").is_null(),
            ~nw.col("settled_minute").is_null(),
            nw.col("service_day") == nw.col("settled_day"),
        )
        .select(
            "settlement_id",
            "provider_id",
            "prescriber_id",
            "person_id",
            day="settled_day",
            minute="settled_minute",
        )
        .to_native()
    )
    return (
        rows.join(net, on="settlement_id", how="semi")
        .join(explained, on=["person_id", "provider_id", "day"], how="anti")
        .drop("person_id")
        .sort("prescriber_id", "minute", "provider_id", "settlement_id")
        .collect()
    )


def days_in_two_places(care: pl.DataFrame, minutes: int) -> pl.DataFrame:
    """Days of a doctor with care at several places: prescriber_id, day, torn; sorted.

    ``torn`` is whether one person can hardly have been there: the place changes and changes back, or changes within so
    few minutes.

    Args:
        care: from `care_by_doctors`.
        minutes: within which a change of place is too fast.
    """
    last = pl.col("provider_id", "minute").shift(1).over(_DAY)
    changed = pl.col("provider_id") != pl.col("last_provider_id")
    fast = changed & (pl.col("minute") - pl.col("last_minute") < minutes)
    return (
        care.sort(*_DAY, "minute", "provider_id")
        .with_columns(last.name.prefix("last_"))
        .group_by(_DAY, maintain_order=True)
        .agg(changes=changed.sum(), fast=fast.any())
        .filter(pl.col("changes") > 0)
        .select(*_DAY, torn=(pl.col("changes") >= _BACK) | pl.col("fast").fill_null(value=False))
        .sort(_DAY)
    )


def other_places(care: pl.DataFrame) -> pl.DataFrame:
    """Where each doctor of several places does not belong: prescriber_id, provider_id.

    A doctor belongs to the place where care was given in that name over the longest time, of several that with most.
    """
    places = care.group_by("prescriber_id", "provider_id").agg(
        span=pl.col("day").max() - pl.col("day").min(), bills=pl.len()
    )
    return (
        places.sort("prescriber_id", "span", "bills", "provider_id", descending=[False, True, True, False])
        .filter(pl.int_range(pl.len()).over("prescriber_id") > 0)
        .select("prescriber_id", "provider_id")
    )
