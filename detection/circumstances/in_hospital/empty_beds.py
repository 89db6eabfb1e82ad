"""Hospitals whose patients are seen elsewhere so often that the stays are in question, and not the care elsewhere.

Null: as many people with care elsewhere during a stay as stays of the same length at all the other hospitals let one
expect; gamma-Poisson with the peers' spread. A relative's errand or a card lent out happens to patients of any
hospital, the more the longer they stay; where it happens to the patients of a single hospital, most of all in stays of
a few days, they go on living at home. Care at the hospital itself says nothing: it was moved out of the bill, and the
patient was there. Nor does care at a place that settles for many inpatients of whatever hospital: it swipes the cards
of people who are away, and the place explains it.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from detection.circumstances.in_hospital.care_in_stays import STAY, standing_stays
from detection.detectors.context import DetectorContext
from detection.evidence.by_kind import by_kind
from models.evidence.others import Prior
from models.evidence.unit import LEAD

_PRIOR = Prior(rate=0.01, weight=20.0, most_even=2.0)
"""People with care elsewhere for each stay, where there are no other hospitals."""
_FEWEST = 2
"""People of a hospital: one shows nothing about others. Whether two lie there by chance, the null says."""
_CUSTOMERS = 3
"""Inpatients of a place that settles for them: fewer are what a relative fetched."""
_HOSPITALS = 3
"""Hospitals with stays: of a single other one nobody can say how far hospitals differ by themselves."""
_LENGTHS = [1, 2, 4, 8, 16]
"""Days inside of stays that are compared with each other: up to so many, or more than all."""


@dataclass(frozen=True)
class EmptyBeds:
    """Stays with care elsewhere, and what they say about hospitals.

    Attributes:
        stays: `STAY`; those with care elsewhere on a day inside.
        hospitals: provider_id, observed (people), expected, value (evidence); of every hospital with stays.
    """

    stays: pl.DataFrame
    hospitals: pl.DataFrame

    def in_question(self, least: float) -> pl.DataFrame:
        """Stays at hospitals with at least this evidence: `STAY`, value; none where few hospitals can be compared."""
        if self.hospitals.height < _HOSPITALS:
            return self.stays.clear().with_columns(value=pl.lit(None, dtype=pl.Float64))
        enough = (pl.col("value") >= least) & (pl.col("observed") >= _FEWEST)
        cases = self.hospitals.filter(enough).select(hospital_id="provider_id", value="value")
        return self.stays.join(cases, on="hospital_id").sort(STAY)


def empty_beds(context: DetectorContext, inside: pl.LazyFrame) -> EmptyBeds:
    """Measure every hospital with stays.

    Args:
        context: the data.
        inside: of `detection.circumstances.in_hospital.care_in_stays`.
    """
    every: pl.DataFrame = standing_stays(context).to_native().lazy().collect()
    away = seen_elsewhere(context, inside).select(STAY).unique().sort(STAY)
    length = pl.col("to_day") - pl.col("from_day") - 1
    kind = pl.sum_horizontal((length > each).cast(pl.Int64) for each in _LENGTHS).cast(pl.String)
    cells = (
        every.filter(length > 0)
        .join(away.select(*STAY, seen=pl.lit(1)), on=STAY, how="left")
        .group_by("person_id", kind=kind, provider_id="hospital_id")
        .agg(exposure=pl.len().cast(pl.Int64), seen=pl.col("seen").max().fill_null(0))
        .group_by("provider_id", "kind")
        .agg(pl.col("exposure", "seen").sum().cast(pl.Int64))
    )
    return EmptyBeds(away, by_kind(cells, _PRIOR, fit_spread=False))


def seen_elsewhere(context: DetectorContext, inside: pl.LazyFrame) -> pl.DataFrame:
    """The care inside of stays that counts: elsewhere, not ordered, and not at a place that settles for inpatients.

    Args:
        context: the data.
        inside: of `detection.circumstances.in_hospital.care_in_stays`.

    Returns:
        The columns of ``inside``.
    """
    every: pl.DataFrame = standing_stays(context).to_native().lazy().collect()
    elsewhere = inside.filter(~pl.col("at_hospital"), ~pl.col("ordered"), ~pl.col("day_not_said")).collect()
    places = _places_for_inpatients(context, elsewhere, every)
    return elsewhere.join(places, on="provider_id", how="anti")


def _places_for_inpatients(
    context: DetectorContext, elsewhere: pl.DataFrame, every: pl.DataFrame
) -> pl.DataFrame:
    """Places that settle for more inpatients, during their stays, than other places with as many of them as patients.

    Where most of these inpatients lie in one hospital, the hospital may explain it as well: such a place is left out.

    Args:
        context: the data.
        elsewhere: care elsewhere on days inside a stay.
        every: all stays.

    Returns:
        provider_id.
    """
    visit = ["provider_id", "person_id"]
    care: pl.LazyFrame = context.assessable.settlements.select(*visit, "care_type").to_native().lazy()
    patients = (
        care.filter(pl.col("care_type") != "inpatient")
        .join(every.lazy().select("person_id").unique(), on="person_id", how="semi")
        .select(visit)
        .unique()
        .collect()
    )
    seen = elsewhere.select(visit).unique().with_columns(seen=pl.lit(1))
    cells = (
        patients.join(seen, on=visit, how="left")
        .group_by("provider_id")
        .agg(exposure=pl.len().cast(pl.Int64), seen=pl.col("seen").sum().cast(pl.Int64))
        .with_columns(kind=pl.lit("any"))
    )
    several_hospitals = (
        elsewhere.group_by("provider_id", "hospital_id")
        .agg(people=pl.col("person_id").n_unique())
        .group_by("provider_id")
        .agg(largest=pl.col("people").max(), all=pl.col("people").sum())
        .filter(2 * pl.col("largest") <= pl.col("all"))
    )
    return (
        by_kind(cells, _PRIOR)
        .filter(pl.col("value") >= LEAD, pl.col("observed") >= _CUSTOMERS)
        .join(several_hospitals, on="provider_id", how="semi")
        .select("provider_id")
        .sort("provider_id")
    )
