"""The same charge twice for one person on one day, or the same bill (D16).

Null: each item is repeated as often as at all the other providers, so that what is lawfully given several times a day
is expected to be; gamma-Poisson with the peers' spread. Whole bills, drugs included, are counted apart in the same way.
Exposure: days of a person with an item, and bills, at the provider. Rivals: a drug in several packs and parts of a
pack are no repetition, and neither is a stay; lines that differ in price are two charges; what was taken back is no
charge; a bill that comes hours later is another dose, and one of another prescriber another visit.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.bills.copies import bills_with_copies
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from detection.evidence.by_kind import about_providers, by_kind, standing_lines
from features.contract.vocabulary import INPATIENT
from features.registry import Frame
from models.evidence.others import Prior
from models.evidence.unit import ALERT

_KINDS = ["service", "device", "consumable"]
_CHARGE = ["person_id", "provider_id", "service_day", "kind"]
_PRIOR = Prior(rate=0.01, weight=20.0, most_even=10.0)
_OF_BILLS = Prior(rate=0.001, weight=1000.0, most_even=2.0)
_SHOWN = ["settlement_id", "provider_id", "value", "pool", "account"]


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The bills with repeated charges of the providers that repeat more than others; the repeated part is at issue."""
    least = int(thresholds.latest("min_repeats"))
    bills = _bills(context, thresholds)
    again = bills.filter("copied").join(_strong(_places_of_bills(bills), least), on="provider_id")
    charges = _charged_again(context, least).collect().join(again, on="settlement_id", how="anti")
    shown = [
        charges.select(*_SHOWN, cause=pl.lit("charged_again")),
        again.select(*_SHOWN, cause=pl.lit("billed_again")),
    ]
    return nw.from_native(
        pl.concat(shown).lazy().select(pl.exclude("value"), subject_id="provider_id", strength="value")
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every provider with a repeated charge or bill: the stronger of the two."""
    both = pl.concat([_places(_charges(_lines(context))), _places_of_bills(_bills(context, thresholds))])
    strongest = both.sort("provider_id", "value", "observed", descending=[False, True, True])
    return nw.from_native(about_providers(strongest.unique("provider_id", keep="first", maintain_order=True)))


def _strong(places: pl.DataFrame, least: int) -> pl.DataFrame:
    return places.filter(pl.col("value") >= ALERT, pl.col("observed") >= least).select("provider_id", "value")


def _charged_again(context: DetectorContext, least: int) -> pl.LazyFrame:
    """Bills with charges that repeat another of the day: `_SHOWN`."""
    lines = _lines(context)
    charges = _charges(lines)
    cases = _strong(_places(charges), least)
    repeated = charges.filter(pl.col("times") > 1).join(cases, on="provider_id")
    again = pl.int_range(pl.len()).over(_CHARGE) > 0
    return (
        lines.join(repeated.lazy().select(*_CHARGE, "value"), on=_CHARGE, how="inner")
        .sort(*_CHARGE, "settlement_id")
        .filter(again)
        .group_by("settlement_id", "provider_id", "value")
        .agg(pl.col("pool", "account").sum())
    )


@remembered
def _bills(context: DetectorContext, thresholds: StatisticalThresholds) -> pl.DataFrame:
    return bills_with_copies(context, int(thresholds.latest("most_hours")))


def _places_of_bills(bills: pl.DataFrame) -> pl.DataFrame:
    cells = bills.group_by("provider_id", "kind").agg(
        exposure=pl.len().cast(pl.Int64), seen=pl.col("copied").sum().cast(pl.Int64)
    )
    return by_kind(cells, _OF_BILLS)


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
