"""The same charge twice for one person on one day, or the same bill (D16).

Null: each item is repeated as often as at all the other providers, so that what is lawfully given several times a day
is expected to be; gamma-Poisson with the peers' spread. Whole bills, drugs included, are counted apart in the same way.
Exposure: days of a person with an item, and bills, at the provider. Rivals: a drug in several packs and parts of a
pack are no repetition, and neither is a stay; lines that differ in price are two charges; what was taken back is no
charge; a bill that comes hours later is another dose, and one of another prescriber another visit.
"""

from __future__ import annotations

from dataclasses import dataclass

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.bills.copies import copied_bills
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from detection.evidence.by_kind import about_providers, by_kind, standing_lines
from features.contract.vocabulary import INPATIENT
from features.registry import Frame
from models.evidence.others import Prior
from models.evidence.unit import ALERT

_KINDS = ["service", "device", "consumable"]
_ITEM = ["item_code", "amount", "quantity"]
_CHARGE = ["person", "provider", "service_day", *_ITEM]
_PRIOR = Prior(rate=0.01, weight=20.0, most_even=10.0)
_OF_BILLS = Prior(rate=0.001, weight=1000.0, most_even=2.0)
_SHOWN = ["settlement_id", "provider_id", "value", "pool", "account"]


@dataclass(frozen=True)
class _Repeats:
    """Places by their repeated charges and by their repeated bills, and the repeated bills (`Copies.bills`)."""

    by_charges: pl.DataFrame
    by_bills: pl.DataFrame
    bills: pl.DataFrame


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The bills with repeated charges of the providers that repeat more than others; the repeated part is at issue."""
    least = int(thresholds.latest("min_repeats"))
    repeats = _repeats(context, thresholds)
    again = repeats.bills.join(_strong(repeats.by_bills, least), on="provider_id")
    charges = _charged_again(context, _strong(repeats.by_charges, least))
    shown = [
        charges.join(again, on="settlement_id", how="anti").select(*_SHOWN, cause=pl.lit("charged_again")),
        again.select(*_SHOWN, cause=pl.lit("billed_again")),
    ]
    return nw.from_native(
        pl.concat(shown).lazy().select(pl.exclude("value"), subject_id="provider_id", strength="value")
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every provider with a repeated charge or bill: the stronger of the two."""
    repeats = _repeats(context, thresholds)
    both = pl.concat([repeats.by_charges, repeats.by_bills])
    strongest = both.sort("provider_id", "value", "observed", descending=[False, True, True])
    return nw.from_native(about_providers(strongest.unique("provider_id", keep="first", maintain_order=True)))


def _strong(places: pl.DataFrame, least: int) -> pl.DataFrame:
    return places.filter(pl.col("value") >= ALERT, pl.col("observed") >= least).select("provider_id", "value")


@remembered
def _repeats(context: DetectorContext, thresholds: StatisticalThresholds) -> _Repeats:
    copies = copied_bills(context, int(thresholds.latest("most_hours")))
    return _Repeats(by_kind(_cells(context), _PRIOR), by_kind(copies.cells, _OF_BILLS), copies.bills)


def _cells(context: DetectorContext) -> pl.DataFrame:
    """Days of a person with a charge, and those with several, by provider and item with amount and quantity."""
    charges = _lines(context).group_by(_CHARGE).agg(pl.col("provider_id").first(), times=pl.len())
    cells = charges.group_by("provider_id", *_ITEM).agg(
        exposure=pl.len().cast(pl.Int64), seen=(pl.col("times") > 1).sum().cast(pl.Int64)
    )
    kind = pl.concat_str(*_ITEM, separator="/")
    return cells.collect(engine="streaming").select("provider_id", "exposure", "seen", kind=kind)


def _charged_again(context: DetectorContext, places: pl.DataFrame) -> pl.DataFrame:
    """Bills of some places with charges that repeat another of the day: `_SHOWN`."""
    lines = _lines(context).join(places.lazy(), on="provider_id").collect()
    again = pl.int_range(pl.len()).over(_CHARGE) > 0
    return (
        lines.sort(*_CHARGE, "settlement_id")
        .filter(again)
        .group_by("settlement_id", "provider_id", "value")
        .agg(pl.col("pool", "account").sum())
    )


def _lines(context: DetectorContext) -> pl.LazyFrame:
    """Lines of known services and goods outside stays."""
    return standing_lines(context).filter(
        pl.col("item_kind").is_in(_KINDS),
        pl.col("item_code").is_not_null(),
        pl.col("care_type") != INPATIENT,
    )
