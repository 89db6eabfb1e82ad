"""Tests repeated before the shortest interval of their item has passed (D35).

Evidence is the later of two uses of an item by one person, on different days. Stays and programmes with a schedule are
left out, because their doctors order by the course of the illness.
Where many repetitions come as early at several other providers, the interval means something else here; each of them
has one voice, so that another provider that tests too often does not make it usual. A test on the day on which a new
drug takes the place of a standing one watches the new therapy: it counts neither as a repetition nor as an earlier
use. Elsewhere the earlier result may not have been known.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.bills.courses import changed_therapies
from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from detection.evidence.by_kind import standing_lines
from features.contract.vocabulary import INPATIENT, SPECIAL_OUTPATIENT
from features.registry import Frame

_USE = ["person_id", "item_code", "service_day"]
_REPETITIONS = 20
"""Repetitions at other providers of which a share says something about the interval."""
_VOICES = 3
"""Other providers that repeat an item, of which the same is true."""


def hits(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """The later of two uses, with the part of its money that falls to the item."""
    uses = _repetitions(context)
    day = nw.col("service_day")
    dated = nw.from_native(uses.lazy()).with_columns(
        tolerance=thresholds.expression("tolerance_percent", day),
        doubt=thresholds.expression("doubt_percent", day),
    )
    early: pl.LazyFrame = (
        dated.filter(nw.col("gap") < nw.col("least") * (100 - nw.col("tolerance")) / 100)
        .filter(nw.col("share").is_null() | (nw.col("share") * 100 <= nw.col("doubt")))
        .to_native()
    )
    elsewhere = pl.col("provider_id") != pl.col("before")
    cause = pl.when(elsewhere).then(pl.lit("elsewhere")).otherwise(pl.lit("same_place"))
    return nw.from_native(
        early.select("settlement_id", "provider_id", "pool", "account", subject_id="provider_id", cause=cause)
    )


def _repetitions(context: DetectorContext) -> pl.DataFrame:
    """Uses of an item with an interval that follow another use of the person.

    Columns: settlement_id, provider_id, person_id, item_code, service_day, pool, account, gap (days since), before
    (provider of the earlier use), least (days), share: of the item's repetitions at other providers that come early,
    the mean of these providers.
    """
    items: pl.LazyFrame = context.whole.item_reference.select(
        "item_code", least="min_interval_days"
    ).to_native()
    uses = (
        standing_lines(context)
        .filter(~pl.col("care_type").is_in([INPATIENT, SPECIAL_OUTPATIENT]))
        .join(items.filter(pl.col("least") > 1), on="item_code", how="inner")
        .group_by("settlement_id", "provider_id", *_USE, "least")
        .agg(pl.col("pool", "account").sum())
        .sort(*_USE, "settlement_id")
        .unique(_USE, keep="first", maintain_order=True)
        .collect()
    )
    watched = changed_therapies(_following(uses), context)
    follows = _following(uses.join(watched, on=["person_id", "service_day"], how="anti"))
    repeated = follows.with_columns(
        gap=pl.col("service_day") - pl.col("last_service_day"), before="last_provider_id"
    )
    early = pl.col("gap") < pl.col("least")
    here = repeated.group_by("item_code", "provider_id").agg(own=pl.len().cast(pl.Int64), voice=early.mean())
    repetitions, voices = (pl.col(name).sum().over("item_code") - pl.col(name) for name in ("own", "voice"))
    providers = pl.len().over("item_code").cast(pl.Int64) - 1
    enough = (repetitions >= _REPETITIONS) & (providers >= _VOICES)
    share = (voices / providers.clip(1)).round(9)
    known = here.sort("item_code", "provider_id").select(
        "item_code", "provider_id", share=pl.when(enough).then(share)
    )
    return repeated.join(known, on=["item_code", "provider_id"], how="left").sort(*_USE)


def _following(uses: pl.DataFrame) -> pl.DataFrame:
    """Uses that follow another, with last_service_day and last_provider_id of that one."""
    earlier = pl.col("service_day", "provider_id").shift(1).over("person_id", "item_code")
    return uses.with_columns(earlier.name.prefix("last_")).filter(pl.col("last_service_day").is_not_null())
