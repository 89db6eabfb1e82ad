"""Hospitals whose patients are seen elsewhere so often that the stays are in question, and not the care elsewhere.

Null: as many people with care elsewhere during a stay as the days of stays at all the other hospitals let one expect;
gamma-Poisson with the peers' spread. A relative's errand or a card lent out happens to patients of any hospital; where
it happens to the patients of a single hospital, they go on living at home. Care at the hospital itself says
nothing: it was moved out of the bill, and the patient was there.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from detection.circumstances.in_hospital.care_in_stays import STAY, standing_stays
from detection.detectors.context import DetectorContext
from detection.evidence.by_kind import by_kind
from models.evidence.others import Prior
from models.evidence.unit import ALERT

_PRIOR = Prior(rate=0.001, weight=500.0, most_even=2.0)
"""People with care elsewhere for each day inside a stay, where there are no other hospitals."""
_FEWEST = 4
"""People of a hospital: three may lie there by chance."""


@dataclass(frozen=True)
class EmptyBeds:
    """Stays with care elsewhere, and what they say about hospitals.

    Attributes:
        stays: `STAY`; those with care elsewhere on a day inside.
        hospitals: provider_id, observed (people), expected, value (evidence); of every hospital with stays.
    """

    stays: pl.DataFrame
    hospitals: pl.DataFrame

    def in_question(self) -> pl.DataFrame:
        """Stays at hospitals with the evidence of an alert: `STAY`, value."""
        enough = (pl.col("value") >= ALERT) & (pl.col("observed") >= _FEWEST)
        cases = self.hospitals.filter(enough).select(hospital_id="provider_id", value="value")
        return self.stays.join(cases, on="hospital_id").sort(STAY)


def empty_beds(context: DetectorContext, inside: pl.LazyFrame) -> EmptyBeds:
    """Measure every hospital with stays.

    Args:
        context: the data.
        inside: of `detection.circumstances.in_hospital.care_in_stays`.
    """
    away = (
        inside.filter(~pl.col("at_hospital"), ~pl.col("ordered"), ~pl.col("day_not_said"))
        .select(STAY)
        .unique()
        .sort(STAY)
        .collect()
    )
    every: pl.DataFrame = standing_stays(context).to_native().lazy().collect()
    people = away.group_by(provider_id="hospital_id").agg(seen=pl.col("person_id").n_unique().cast(pl.Int64))
    cells = (
        every.group_by(provider_id="hospital_id")
        .agg(exposure=(pl.col("to_day") - pl.col("from_day") - 1).clip(0).sum().cast(pl.Int64))
        .filter(pl.col("exposure") > 0)
        .join(people, on="provider_id", how="left")
        .with_columns(pl.col("seen").fill_null(0), kind=pl.lit(""))
    )
    return EmptyBeds(away, by_kind(cells, _PRIOR))
