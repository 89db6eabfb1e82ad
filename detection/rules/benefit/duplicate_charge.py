"""The same charge twice for one person on one day, or the same bill (D16).

Null: each item is repeated as often as at all the other providers, so that what is lawfully given several times a day
is expected to be; gamma-Poisson with the peers' spread. Whole bills, drugs included, are counted apart in the same way:
those that repeat a bill of the same prescriber, and those that repeat one of another.
Exposure: days of a person with an item, and bills, at the provider. Rivals: a drug in several packs and parts of a
pack are no repetition, and neither is a stay; lines that differ in price are two charges; what was taken back is no
charge; a bill that comes hours later is another dose, and one of another prescriber another visit, which has the same
content now and then: a fee, or what two doctors give for one illness. Visits are spread over the doctors of a place, so
that only the copies between the two prescribers who have most of them count, at every provider.
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
_OF_PAIRS = Prior(rate=0.001, weight=20_000.0, most_even=2.0)
"""Two prescribers who copy each other are rare: a fund where nobody does it is not evidence that it never happens."""
_LOOKS = 3
"""Looks at a provider, for which the last of them pays."""
_SHOWN = ["settlement_id", "provider_id", "value", "pool", "account"]


@dataclass(frozen=True)
class _Repeats:
    """Places by their repeated charges, and by their repeated bills of one and of two prescribers.

    Attributes:
        by_charges, by_bills, by_pairs: of `by_kind`.
        bills, of_pairs: `Copies.bills` of the repeated bills.
        lines: of services and goods whose charges were compared.
    """

    by_charges: pl.DataFrame
    by_bills: pl.DataFrame
    by_pairs: pl.DataFrame
    bills: pl.DataFrame
    of_pairs: pl.DataFrame
    lines: pl.LazyFrame


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The bills with repeated charges of the providers that repeat more than others; the repeated part is at issue."""
    least = int(thresholds.latest("min_repeats"))
    repeats = _repeats(context, thresholds)
    again = repeats.bills.join(_strong(repeats.by_bills, least), on="provider_id")
    of_pairs = repeats.of_pairs.join(_strong(repeats.by_pairs, least), on="provider_id")
    charges = _charged_again(repeats.lines, _strong(repeats.by_charges, least))
    whole = pl.concat([again.select(*_SHOWN), of_pairs.select(*_SHOWN)])
    shown = [
        charges.join(whole, on="settlement_id", how="anti").select(*_SHOWN, cause=pl.lit("charged_again")),
        again.select(*_SHOWN, cause=pl.lit("billed_again")),
        of_pairs.select(*_SHOWN, cause=pl.lit("billed_by_two")),
    ]
    return nw.from_native(
        pl.concat(shown).lazy().select(pl.exclude("value"), subject_id="provider_id", strength="value")
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every provider with a repeated charge or bill: the strongest of the three looks."""
    repeats = _repeats(context, thresholds)
    looks = pl.concat([repeats.by_charges, repeats.by_bills, repeats.by_pairs])
    strongest = looks.sort("provider_id", "value", "observed", descending=[False, True, True])
    return nw.from_native(about_providers(strongest.unique("provider_id", keep="first", maintain_order=True)))


def _strong(places: pl.DataFrame, least: int) -> pl.DataFrame:
    return places.filter(pl.col("value") >= ALERT, pl.col("observed") >= least).select("provider_id", "value")


@remembered
def _repeats(context: DetectorContext, thresholds: StatisticalThresholds) -> _Repeats:
    copies = copied_bills(context, int(thresholds.latest("most_hours")))
    lines = _lines(context).join(copies.in_parts.lazy(), on="settlement_id", how="anti")
    by_pairs = by_kind(copies.of_pairs.cells, _OF_PAIRS, comparisons=_LOOKS, outliers_apart=True)
    return _Repeats(
        by_charges=by_kind(_cells(lines), _PRIOR),
        by_bills=by_kind(copies.own.cells, _OF_BILLS),
        by_pairs=by_pairs,
        bills=copies.own.bills,
        of_pairs=copies.of_pairs.bills,
        lines=lines,
    )


def _cells(lines: pl.LazyFrame) -> pl.DataFrame:
    """Days of a person with a charge, and those with several, by provider and item with amount and quantity."""
    charges = lines.group_by(_CHARGE).agg(pl.col("provider_id").first(), times=pl.len())
    cells = charges.group_by("provider_id", *_ITEM).agg(
        exposure=pl.len().cast(pl.Int64), seen=(pl.col("times") > 1).sum().cast(pl.Int64)
    )
    kind = pl.concat_str(*_ITEM, separator="/")
    return cells.collect(engine="streaming").select("provider_id", "exposure", "seen", kind=kind)


def _charged_again(lines: pl.LazyFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Bills of some places with charges that repeat another of the day: `_SHOWN`."""
    of_places = lines.join(places.lazy(), on="provider_id").collect()
    again = pl.int_range(pl.len()).over(_CHARGE) > 0
    return (
        of_places.sort(*_CHARGE, "settlement_id")
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
