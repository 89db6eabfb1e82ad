"""Hospital stays so short that a bed was not needed (D25): too many of a night at most, or short ones in batches.

Null of the first: patients of an illness stay at most one night as often as at all the other hospitals; gamma-Poisson
with the peers' spread. Exposure: stays. Rivals: illnesses that are treated in a day everywhere are expected to be;
patients who died, or were moved to another hospital, are left out.
The second is for people who are admitted together, on two days at least, and go home within days: see
`detection.circumstances.in_hospital.batches`. Rivals: patients of one operation have one
illness and go home after the same nights; operating days come every week; an accident or an outbreak fills one day, or
several in a row; half of the patients of one employer are a check-up of its staff. Both looks pay for both.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.bills.stays import stays
from detection.circumstances.in_hospital.batches import batches
from detection.circumstances.operators.crowds import of_one_employer
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.evidence.by_kind import about_providers, by_kind
from features.registry import Frame
from models.evidence.others import Prior
from models.evidence.unit import ALERT

_LOOKS = 2
_OPERATED = 0.75
"""Share of the patients of a day of operations who have the same one."""
_PRIOR = Prior(rate=0.1, weight=20.0, most_even=10.0)


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The short stays of the hospitals that have more of them than others."""
    measured = _measured(context, thresholds)
    least = int(thresholds.latest("min_stays"))
    cases = _places(measured).filter(pl.col("value") >= ALERT, pl.col("observed") >= least)
    nightly = measured.filter("short").join(cases.select("provider_id", "value"), on="provider_id")
    together = _together(context, thresholds, measured).filter(pl.col("value") >= ALERT)
    both = pl.concat(
        [
            nightly.select("provider_id", "bills", "value", cause=pl.lit("short_stay")),
            together.select("provider_id", "bills", "value", cause=pl.lit("batch")),
        ]
    )
    return nw.from_native(
        both.explode("bills")
        .sort("value", "bills", descending=[True, False])
        .unique("bills", keep="first", maintain_order=True)
        .lazy()
        .select(
            "provider_id",
            settlement_id="bills",
            subject_id="provider_id",
            strength=pl.col("value").max().over("provider_id"),
            cause="cause",
        )
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every hospital with a short stay."""
    return nw.from_native(about_providers(_places(_measured(context, thresholds))))


def _together(
    context: DetectorContext, thresholds: StatisticalThresholds, measured: pl.DataFrame
) -> pl.DataFrame:
    """Stays of the batches: provider_id, bills, value."""
    observed: pl.DataFrame = context.views["observed"].to_native().collect()
    first, last = (int(observed[name][0] or 0) for name in ("first_day", "last_day"))
    nights = pl.col("discharged_day") - pl.col("admitted_day")
    brief = measured.filter(nights <= int(thresholds.latest("most_nights_in_batches")))
    short = brief.with_columns(nights=nights).filter(~_of_one_operation())
    least = int(thresholds.latest("min_patients"))
    groups = batches(short, first, last, least=least, looks=_LOOKS)
    present = short.select("provider_id", "person_id", day="admitted_day")
    employments: pl.LazyFrame = context.whole.enrolments.select("person_id", "employer_id").to_native()
    staff = of_one_employer(present, employments.collect()).rename({"day": "admitted_day"})
    return short.join(groups, on=["provider_id", "admitted_day"]).join(
        staff, on=["provider_id", "admitted_day"], how="anti"
    )


def _of_one_operation() -> pl.Expr:
    """Whether most of those who are admitted with a patient have one illness and go home after the same nights."""
    day = ["provider_id", "admitted_day"]
    alike = pl.len().over(*day, "kind", "nights").max().over(day)
    patients = pl.len().over(day)
    return (patients > 1) & (alike >= _OPERATED * patients)


def _places(measured: pl.DataFrame) -> pl.DataFrame:
    cells = measured.group_by("provider_id", "kind").agg(
        exposure=pl.len().cast(pl.Int64), seen=pl.col("short").sum().cast(pl.Int64)
    )
    return by_kind(cells, _PRIOR, comparisons=_LOOKS)


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
