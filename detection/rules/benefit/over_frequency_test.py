"""Tests repeated before the shortest interval of their item has passed (D35).

Evidence is the later of two uses of an item by one person, on different days. Stays and programmes with a schedule are
left out, because their doctors order by the course of the illness.
Where at most of several other providers many repetitions come as early, the interval means something else here; each
of them has one voice, so that another provider that tests too often does not make it usual. A test on the day on which
a new drug takes the place of a standing one watches the new therapy: it counts neither as a repetition nor as an
earlier use. Elsewhere the earlier result may not have been known.
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
from models.evidence.others import median_of_others

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
    (provider of the earlier use), least (days), share: of the item's repetitions at another provider that come early,
    the median of these providers.
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
    known = _shares(repeated)
    return repeated.join(known, on=["item_code", "provider_id"], how="left").sort(*_USE)


def _shares(repeated: pl.DataFrame) -> pl.DataFrame:
    """``share`` of `_repetitions` by item_code and provider_id; null where too little is known of the others."""
    early = pl.col("gap") < pl.col("least")
    here = (
        repeated.group_by("item_code", "provider_id")
        .agg(own=pl.len().cast(pl.Int64), voice=early.mean())
        .sort("item_code", "provider_id")
    )
    repetitions = pl.col("own").sum().over("item_code") - pl.col("own")
    enough = (repetitions >= _REPETITIONS) & (pl.len().over("item_code").cast(pl.Int64) > _VOICES)
    of_others = [
        part.with_columns(share=pl.Series(median_of_others(part["voice"]), dtype=pl.Float64))
        for _, part in here.group_by("item_code", maintain_order=True)
    ]
    medians = pl.concat([here.clear().with_columns(share=pl.lit(None, pl.Float64)), *of_others])
    return medians.select("item_code", "provider_id", share=pl.when(enough).then(pl.col("share").round(9)))


def _following(uses: pl.DataFrame) -> pl.DataFrame:
    """Uses that follow another, with last_service_day and last_provider_id of that one."""
    earlier = pl.col("service_day", "provider_id").shift(1).over("person_id", "item_code")
    return uses.with_columns(earlier.name.prefix("last_")).filter(pl.col("last_service_day").is_not_null())
