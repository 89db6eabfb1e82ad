"""Hospital stays so short that a bed was not needed (D25).

Null: patients of an illness stay at most one night as often as at all the other hospitals; gamma-Poisson with the
peers' spread. Exposure: stays. Rivals: illnesses that are treated in a day everywhere are expected to be; patients who
died, or were moved to another hospital, are left out.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.bills.stays import stays
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.evidence.by_kind import about_providers, by_kind
from features.registry import Frame
from models.evidence.others import Prior
from models.evidence.unit import ALERT

_PRIOR = Prior(rate=0.1, weight=20.0, most_even=10.0)


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The short stays of the hospitals that have more of them than others."""
    measured = _measured(context, thresholds)
    least = int(thresholds.latest("min_stays"))
    cases = _places(measured).filter(pl.col("value") >= ALERT, pl.col("observed") >= least)
    return nw.from_native(
        measured.filter("short")
        .join(cases, on="provider_id")
        .explode("bills")
        .lazy()
        .select(
            "provider_id",
            settlement_id="bills",
            subject_id="provider_id",
            strength="value",
            cause=pl.lit("short_stay"),
        )
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every hospital with a short stay."""
    return nw.from_native(about_providers(_places(_measured(context, thresholds))))


def _places(measured: pl.DataFrame) -> pl.DataFrame:
    cells = measured.group_by("provider_id", "kind").agg(
        exposure=pl.len().cast(pl.Int64), seen=pl.col("short").sum().cast(pl.Int64)
    )
    return by_kind(cells, _PRIOR)


def _measured(context: DetectorContext, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """Stays of known illness, with ``short``."""
    nights = int(thresholds.latest("most_nights"))
    people: pl.LazyFrame = context.whole.persons.select("person_id", "death_day").to_native()
    every = stays(context).sort("person_id", "admitted_day", "provider_id")
    following = pl.col("admitted_day").shift(-1).over("person_id") - pl.col("discharged_day")
    known = every.filter(~(following <= 1).fill_null(value=False), pl.col("kind") != "")
    died = (
        people.filter(pl.col("death_day").is_not_null())
        .join(known.lazy().select("person_id", "admitted_day", "discharged_day"), on="person_id")
        .filter(pl.col("death_day").is_between("admitted_day", pl.col("discharged_day") + 1))
        .select("person_id", "admitted_day")
        .unique()
        .collect()
    )
    short = pl.col("discharged_day") - pl.col("admitted_day") <= nights
    return known.join(died, on=["person_id", "admitted_day"], how="anti").with_columns(short=short)
