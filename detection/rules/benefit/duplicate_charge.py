"""The same charge twice for one person on one day (D16).

Null: each item is repeated as often as at all the other providers, so that what is lawfully given several times a day
is expected to be; gamma-Poisson with the peers' spread.
Exposure: days of a person with an item, at the provider. Rivals: a drug in several packs and parts of a pack are no
repetition, and neither is a stay; lines that differ in price are two charges; what was taken back is no charge.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.evidence.by_kind import about_providers, by_kind, standing_lines
from features.contract.vocabulary import INPATIENT
from features.registry import Frame
from models.evidence.others import Prior
from models.evidence.unit import ALERT

_KINDS = ["service", "device", "consumable"]
_CHARGE = ["person_id", "provider_id", "service_day", "kind"]
_PRIOR = Prior(rate=0.01, weight=20.0, most_even=10.0)


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The bills with repeated charges of the providers that repeat more than others; the repeated part is at issue."""
    lines = _lines(context)
    charges = _charges(lines)
    least = int(thresholds.latest("min_repeats"))
    cases = _places(charges).filter(pl.col("value") >= ALERT, pl.col("observed") >= least)
    repeated = charges.filter(pl.col("times") > 1).join(cases, on="provider_id")
    again = pl.int_range(pl.len()).over(_CHARGE) > 0
    return nw.from_native(
        lines.join(repeated.lazy().select(*_CHARGE, "value"), on=_CHARGE, how="inner")
        .sort(*_CHARGE, "settlement_id")
        .filter(again)
        .group_by("settlement_id", "provider_id", "value")
        .agg(pl.col("pool", "account").sum())
        .select(
            "settlement_id",
            "provider_id",
            "pool",
            "account",
            subject_id="provider_id",
            strength="value",
            cause=pl.lit("charged_again"),
        )
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every provider with a repeated charge."""
    del thresholds
    return nw.from_native(about_providers(_places(_charges(_lines(context)))))


def _places(charges: pl.DataFrame) -> pl.DataFrame:
    cells = charges.group_by("provider_id", "kind").agg(
        exposure=pl.len().cast(pl.Int64), seen=(pl.col("times") > 1).sum().cast(pl.Int64)
    )
    return by_kind(cells, _PRIOR)


def _charges(lines: pl.LazyFrame) -> pl.DataFrame:
    """Days of a person with a charge: `_CHARGE`, times."""
    return lines.group_by(_CHARGE).agg(times=pl.len()).collect()


def _lines(context: DetectorContext) -> pl.LazyFrame:
    """Lines of services and goods outside stays; their kind is the item with amount and quantity."""
    return (
        standing_lines(context)
        .filter(pl.col("item_kind").is_in(_KINDS), pl.col("care_type") != INPATIENT)
        .with_columns(kind=pl.concat_str("item_code", "amount", "quantity", separator="/"))
    )
