"""Days on which a doctor sees far more people than the doctor ever does, on several days that nothing announces (D32).

Null: a day has as many people as the doctor's own calendar lets one expect (gamma-Poisson), and as colleagues who are
away leave. How many days beyond that a doctor has is compared with all the other doctors. Exposure: days of doctors.
Rivals: clinic and market days come again in the calendar, or keep to a cycle; people under a course of treatment are
left out, and so are check-ups of one employer, registered contexts, programmes and what was entered by hand.
"""

from __future__ import annotations

from dataclasses import dataclass

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl

from detection.circumstances.operators.crowds import of_one_employer
from detection.circumstances.operators.doctor_days import DOCTOR, DOCTOR_DAY, consultations, doctor_days
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from features.registry import Frame
from models.evidence.counts import fitted_shape, gamma_poisson_surprise
from models.evidence.others import Others, Prior
from models.evidence.unit import ALERT, MOST
from models.meetings.cycles import cycle_surprise

_PRIOR = Prior(rate=0.0005, weight=2000.0, most_even=1.0)
_MOST_EVEN = 4.0
"""The largest shape of a doctor's days: no doctor's days are more alike than so."""


@dataclass(frozen=True)
class _Measured:
    """Consultations and crowded days.

    Attributes:
        seen: settlement_id, `DOCTOR_DAY`, person_id.
        crowded: `DOCTOR_DAY` of crowded days.
        doctors: `DOCTOR`, observed (crowded days), expected, value (evidence); every doctor.
    """

    seen: pl.DataFrame
    crowded: pl.DataFrame
    doctors: pl.DataFrame


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The consultations of crowded days, of doctors with more of them than others."""
    measured = _measured(context, thresholds)
    least = int(thresholds.latest("min_days"))
    cases = measured.doctors.filter(pl.col("value") >= ALERT, pl.col("observed") >= least)
    return nw.from_native(
        measured.seen.join(measured.crowded, on=DOCTOR_DAY, how="semi")
        .join(cases, on=DOCTOR)
        .lazy()
        .select(
            "settlement_id",
            *DOCTOR,
            subject_id="provider_id",
            strength="value",
            cause=pl.lit("crowded_day"),
        )
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence about doctors with a crowded day, and about providers, whose doctors add up."""
    doctors = _measured(context, thresholds).doctors.filter(pl.col("observed") > 0)
    providers = doctors.group_by("provider_id").agg(pl.col("value").sum().clip(upper_bound=MOST))
    return nw.from_native(
        pl.concat(
            [
                providers.select("value", subject_kind=pl.lit("provider"), subject_id="provider_id"),
                doctors.select("value", subject_kind=pl.lit("prescriber"), subject_id="prescriber_id"),
            ]
        ).lazy()
    )


@remembered
def _measured(context: DetectorContext, thresholds: StatisticalThresholds) -> _Measured:
    seen = consultations(context, int(thresholds.latest("regular_days")))
    days = doctor_days(seen)
    people, expected = days["people"].to_numpy(), days["expected"].to_numpy()
    shape = min(fitted_shape(people, expected), _MOST_EVEN)
    surprise = pl.Series(gamma_poisson_surprise(people, expected, shape), dtype=pl.Float64)
    rare = surprise >= float(thresholds.latest("least_surprise"))
    crowded = days.filter(rare, pl.col("people") >= int(thresholds.latest("min_people"))).select(DOCTOR_DAY)
    employments: pl.LazyFrame = context.whole.enrolments.select("person_id", "employer_id").to_native()
    present = seen.join(crowded, on=DOCTOR_DAY, how="semi")
    staff = of_one_employer(present, employments.collect())
    unannounced = crowded.join(staff, on=["provider_id", "day"], how="anti").join(
        _in_cycle(crowded, float(thresholds.latest("cycle_surprise"))), on=DOCTOR, how="anti"
    )
    return _Measured(seen, unannounced, _doctors(days, unannounced))


def _in_cycle(crowded: pl.DataFrame, least: float) -> pl.DataFrame:
    """`DOCTOR` whose crowded days keep to a cycle, as market and clinic days do."""
    kept = [
        doctor
        for doctor, part in crowded.group_by(DOCTOR, maintain_order=True)
        if cycle_surprise(part["day"].to_numpy()) >= least
    ]
    return pl.DataFrame(kept, schema={name: crowded.schema[name] for name in DOCTOR}, orient="row")


def _doctors(days: pl.DataFrame, crowded: pl.DataFrame) -> pl.DataFrame:
    working = days.group_by(DOCTOR).agg(days=pl.len().cast(pl.Int64))
    of_doctor = crowded.group_by(DOCTOR).agg(observed=pl.len().cast(pl.Int64))
    doctors = working.join(of_doctor, on=DOCTOR, how="left").sort(DOCTOR)
    seen, exposure = doctors["observed"].fill_null(0).to_numpy(), doctors["days"].to_numpy()
    others = Others.of(seen, exposure, np.ones(len(seen)), _PRIOR)
    return doctors.select(
        *DOCTOR,
        observed=pl.Series(seen, dtype=pl.Int64),
        expected=pl.Series(others.expected(seen, exposure), dtype=pl.Float64),
        value=pl.Series(others.evidence(seen, exposure), dtype=pl.Float64),
    )
