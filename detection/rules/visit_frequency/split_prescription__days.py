"""One person's care at a provider settled in several bills of a day, on several days (D18).

Evidence is a day on which one person's care of one kind by one prescriber, or at a pharmacy, was settled in several
bills; of a place also a day on which several prescribers share the bills. Null: as many such days as the care of that
kind lets one expect, in the whole fund or of the provider's other visitors, whichever is more; counts against days with
such care, gamma-Poisson with the peers' spread. Places are compared with places of their kind. Next to that the bills
of a day lie close together: compared with as many bills of the kind, or of the provider where its prices are alike
(Fisher).
Exposure: persons with more than one day of such care at a provider, and places with such care.
Rivals: a herbal prescription and what was reversed are never put together; a provider whose bills are alike anyway is
its own measure; a single such day says nothing. Several departments on one day are what other places of the kind have,
too; they name no person, and a place only where no single person has most of such days: a course of treatment.
"""

from __future__ import annotations

from dataclasses import dataclass

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl

from detection.circumstances.bill_days import BILL_DAY, CARE_DAY, BillDays, bill_days
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from features.registry import Frame
from models.evidence.combined import fisher, together
from models.evidence.counts import fitted_shape, gamma_poisson_surprise, usual_count
from models.evidence.parts import log_sample, range_surprise
from models.evidence.unit import ALERT, MOST
from models.evidence.unit import evidence as evidence_of

_UNIT = ["provider_id", "person_id"]
_ENOUGH = 20  # bills of a place that say what is usual there
_RARE = 1e-6  # least rate: of none seen, one may still be next


@dataclass(frozen=True)
class _Measured:
    """Split days and what they say.

    Attributes:
        parts: `BILL_DAY`, settlement_id: bills of split days.
        people: `_UNIT`, split, value (evidence); with a split day.
        places: provider_id, split, value (evidence); with a split day.
        shared: bills of split days that several prescribers share, as in ``parts``.
        sharing: places with such days, as in ``places``.
    """

    parts: pl.DataFrame
    people: pl.DataFrame
    places: pl.DataFrame
    shared: pl.DataFrame
    sharing: pl.DataFrame


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The bills of split days, of persons and of places with the evidence of an alert."""
    measured = _measured(context, thresholds)
    least = int(thresholds.latest("min_days"))
    people = measured.people.filter(pl.col("value") >= ALERT, pl.col("split") >= least)
    of_place = int(thresholds.latest("min_place_days"))
    of_places = [
        parts.join(_of_alert(places, of_place), on="provider_id").with_columns(cause=pl.lit(cause))
        for parts, places, cause in (
            (measured.parts, measured.places, "many_people"),
            (measured.shared, measured.sharing, "several_prescribers"),
        )
    ]
    of_people = measured.parts.join(people.select(*_UNIT, "value"), on=_UNIT).with_columns(
        cause=pl.lit("one_person")
    )
    shown = (
        pl.concat([of_people, *of_places])
        .sort("settlement_id", "cause")
        .unique("settlement_id", keep="last", maintain_order=True)
        .select("settlement_id", "provider_id", "cause", subject_id="provider_id", strength="value")
    )
    return nw.from_native(shown.lazy())


def _of_alert(places: pl.DataFrame, days: int) -> pl.DataFrame:
    return places.filter(pl.col("value") >= ALERT, pl.col("split") >= days).select("provider_id", "value")


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence about persons, and about places."""
    measured = _measured(context, thresholds)
    return nw.from_native(
        pl.concat(
            [
                measured.people.select("value", subject_kind=pl.lit("person"), subject_id="person_id"),
                *(
                    places.select("value", subject_kind=pl.lit("provider"), subject_id="provider_id")
                    for places in (measured.places, measured.sharing)
                ),
            ]
        ).lazy()
    )


@remembered
def _measured(context: DetectorContext, thresholds: StatisticalThresholds) -> _Measured:
    least = int(thresholds.latest("min_settlements"))
    days = bill_days(context, least)
    parts = days.bills.filter(pl.col("of_day") >= least).drop("of_day")
    alike = _alike(parts, days.bills.filter(pl.col("of_day") < least), BILL_DAY)
    people = _people(days.visits, alike)
    providers: pl.LazyFrame = context.whole.providers.select("provider_id", "provider_kind").to_native()
    kinds = providers.collect()
    shared, sharing = _shared(bill_days(context, least, across=True), kinds, least)
    return _Measured(parts, people, _places(days.visits, kinds, alike), shared, sharing)


def _shared(days: BillDays, kinds: pl.DataFrame, least: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Bills and places of days that several prescribers share; a second look at every place, which counts as one."""
    parts = days.bills.filter(pl.col("of_day") >= least).drop("of_day")
    alike = _alike(parts, days.bills.filter(pl.col("of_day") < least), CARE_DAY)
    by_person = days.visits.group_by(_UNIT).agg(pl.col("split").sum()).group_by("provider_id")
    most = by_person.agg(most=pl.col("split").max())
    places = _places(days.visits, kinds, alike).join(most, on="provider_id").sort("provider_id")
    several = places.filter(2 * pl.col("most") <= pl.col("split"))
    value = (pl.col("value") - np.log10(2)).clip(lower_bound=0.0).round(6)
    return parts, several.with_columns(value=value).drop("most")


def _alike(parts: pl.DataFrame, usual: pl.DataFrame, day: list[str]) -> pl.DataFrame:
    """How surprising it is that the bills of a split day are alike: `_UNIT`, alike (surprise); a row per day."""
    of_kind = {kind: log_sample(part["net"]) for (kind,), part in usual.group_by("care_type")}
    own = usual.join(parts.select("provider_id").unique(), on="provider_id", how="semi")
    of_place = {key: log_sample(part["net"]) for key, part in own.group_by("provider_id", "care_type")}
    rows = []
    for key, part in parts.group_by(day, maintain_order=True):
        provider, person, kind = key[0], key[1], key[3]
        nothing = np.zeros(0)
        general = range_surprise(part["net"], of_kind.get(kind, nothing))
        sample = of_place.get((provider, kind), nothing)
        here = range_surprise(part["net"], sample) if len(sample) >= _ENOUGH else general
        rows.append((provider, person, min(general, here)))
    return pl.DataFrame(
        rows, schema={**{name: parts.schema[name] for name in _UNIT}, "alike": pl.Float64()}, orient="row"
    )


def _people(visits: pl.DataFrame, alike: pl.DataFrame) -> pl.DataFrame:
    """Persons at a provider with a split day."""
    days, split = pl.col("days"), pl.col("split")
    at_place = ["provider_id", "care_type"]
    others = (split.sum().over(at_place) - split) / (days.sum().over(at_place) - days).clip(1)
    rate = pl.max_horizontal((split.sum() / days.sum()).over("care_type").clip(_RARE), others)
    units = (
        visits.with_columns(expected=rate * days)
        .group_by(_UNIT)
        .agg(pl.col("days", "split", "expected").sum())
        .filter(pl.col("days") > 1)
        .sort(_UNIT)
    )
    return _with_value(units, alike, _UNIT)


def _places(visits: pl.DataFrame, kinds: pl.DataFrame, alike: pl.DataFrame) -> pl.DataFrame:
    """Places with a split day, compared with places of their kind."""
    places = (
        visits.group_by("provider_id")
        .agg(pl.col("days", "split").sum())
        .join(kinds, on="provider_id", how="left")
        .sort("provider_kind", "provider_id")
    )
    compared = [
        part.with_columns(expected=pl.Series(usual_count(part["split"], part["days"])))
        for _, part in places.group_by("provider_kind", maintain_order=True)
    ]
    if not compared:
        return places.select("provider_id", "split", value=pl.lit(0.0))
    return _with_value(pl.concat(compared), alike, ["provider_id"])


def _with_value(units: pl.DataFrame, alike: pl.DataFrame, unit: list[str]) -> pl.DataFrame:
    """Those with a split day, with their evidence: of the number of days, and of how alike the bills are."""
    seen, expected = units["split"].to_numpy(), units["expected"].to_numpy()
    many = gamma_poisson_surprise(seen, expected, fitted_shape(seen, expected))
    sums = alike.group_by(unit).agg(pl.col("alike").sum(), parts=pl.len())
    measured = (
        units.with_columns(many=pl.Series(many))
        .filter(pl.col("split") > 0)
        .join(sums, on=unit, how="inner", maintain_order="left")
    )
    both = fisher(measured["many"].to_numpy(), together(measured["alike"], measured["parts"]))
    value = np.where(measured["many"].to_numpy() > 1, evidence_of(both, units.height), 0.0)
    return measured.select(*unit, "split", value=pl.Series(np.minimum(value, MOST)))
