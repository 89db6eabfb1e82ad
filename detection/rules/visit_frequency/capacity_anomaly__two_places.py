"""One doctor sees patients at two places at the same time, on several days that keep to no timetable (D32).

Evidence is a day on which care in one doctor's name was settled at two places in turn and back, or within minutes.
Null: such days happen as often as to all other doctors, as uneven as they are; gamma-Poisson. Exposure: days on which
the doctor has patients. Rivals: a visiting doctor changes place once a day, and keeps to a weekday or another cycle;
registered contexts, programmes, stays and what was entered by hand or later are left out; where many doctors work at
several places, and bills are paid late, the others' days say so.
"""

from __future__ import annotations

from dataclasses import dataclass

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl

from detection.circumstances.operators.doctor_places import (
    care_by_doctors,
    days_in_two_places,
    other_places,
)
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from features.registry import Frame
from models.evidence.others import Others, Prior
from models.evidence.unit import ALERT
from models.meetings.cycles import cycle_surprise

_PRIOR = Prior(rate=0.0005, weight=2000.0, most_even=1.0)


@dataclass(frozen=True)
class _Measured:
    """Care and torn days.

    Attributes:
        cited: settlement_id, provider_id, prescriber_id: care at the place where the doctor does not belong, on days
            with care at several places.
        doctors: prescriber_id, observed (torn days), expected, value (evidence); with a torn day.
    """

    cited: pl.DataFrame
    doctors: pl.DataFrame


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Care at the second place of the doctors with more torn days than others, on days with care at both."""
    measured = _measured(context, thresholds)
    least = int(thresholds.latest("min_days"))
    cases = measured.doctors.filter(pl.col("value") >= ALERT, pl.col("observed") >= least)
    return nw.from_native(
        measured.cited.join(cases, on="prescriber_id")
        .lazy()
        .select(
            "settlement_id",
            "provider_id",
            "prescriber_id",
            subject_id="provider_id",
            strength="value",
            cause=pl.lit("at_both_places"),
        )
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence about doctors, and about the places where they do not belong."""
    measured = _measured(context, thresholds)
    places = (
        measured.cited.select("prescriber_id", "provider_id")
        .unique()
        .join(measured.doctors, on="prescriber_id")
    )
    rows = ("value", "expected", pl.col("observed").cast(pl.Float64))
    return nw.from_native(
        pl.concat(
            [
                measured.doctors.select(*rows, subject_kind=pl.lit("prescriber"), subject_id="prescriber_id"),
                places.select(*rows, subject_kind=pl.lit("provider"), subject_id="provider_id"),
            ]
        ).lazy()
    )


@remembered
def _measured(context: DetectorContext, thresholds: StatisticalThresholds) -> _Measured:
    care = care_by_doctors(context)
    both = days_in_two_places(care, int(thresholds.latest("travel_minutes")))
    timetable = _with_timetable(both, float(thresholds.latest("cycle_surprise")))
    counted = both.join(timetable, on="prescriber_id", how="anti")
    cited = (
        care.join(counted, on=["prescriber_id", "day"], how="semi")
        .join(other_places(care), on=["prescriber_id", "provider_id"], how="semi")
        .select("settlement_id", "provider_id", "prescriber_id")
        .sort("settlement_id")
    )
    return _Measured(cited, _doctors(care, counted.filter("torn")))


def _with_timetable(days: pl.DataFrame, least: float) -> pl.DataFrame:
    """Doctors whose days at several places keep to a cycle: prescriber_id."""
    kept = [
        str(doctor)
        for (doctor,), part in days.group_by("prescriber_id", maintain_order=True)
        if cycle_surprise(part["day"].to_numpy()) >= least
    ]
    return pl.DataFrame({"prescriber_id": pl.Series(kept, dtype=pl.String)})


def _doctors(care: pl.DataFrame, torn: pl.DataFrame) -> pl.DataFrame:
    working = care.group_by("prescriber_id").agg(days=pl.col("day").n_unique().cast(pl.Int64))
    of_doctor = torn.group_by("prescriber_id").agg(observed=pl.len().cast(pl.Int64))
    doctors = working.join(of_doctor, on="prescriber_id", how="left").sort("prescriber_id")
    seen, exposure = doctors["observed"].fill_null(0).to_numpy(), doctors["days"].to_numpy()
    others = Others.of(seen, exposure, np.ones(len(seen)), _PRIOR)
    return doctors.select(
        "prescriber_id",
        observed=pl.Series(seen, dtype=pl.Int64),
        expected=pl.Series(others.expected(seen, exposure), dtype=pl.Float64),
        value=pl.Series(others.evidence(seen, exposure), dtype=pl.Float64),
    ).filter(pl.col("observed") > 0)
