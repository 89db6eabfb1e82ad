"""How many people each doctor sees on a day, and how many the doctor's own calendar and colleagues let one expect."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.operators.crowds import expected_people
from detection.circumstances.registered import explained_visits
from detection.detectors.context import DetectorContext
from features.visits.settlements import is_reversal, under_programme

DOCTOR = ["provider_id", "prescriber_id"]
DOCTOR_DAY = [*DOCTOR, "day"]
_BY_HAND = "manual"
_KINDS = ("outpatient", "emergency", "chronic_outpatient")


def consultations(context: DetectorContext, regular_days: int) -> pl.DataFrame:
    """Settled outpatient care by a known doctor, on the day of care: settlement_id, `DOCTOR_DAY`, person_id.

    Left out are visits that a registered context explains, care under a programme, what was entered by hand, and
    people whom the doctor sees on more than ``regular_days`` days: those are under a course of treatment.
    """
    explained: pl.LazyFrame = explained_visits(context).rename({"day": "settled_day"}).to_native()
    net: pl.LazyFrame = context.views["net_settlements"].select("settlement_id").to_native()
    rows: pl.LazyFrame = (
        context.assessable.settlements.filter(
            ~is_reversal(),
            ~under_programme().fill_null(False),
            nw.col("care_type").is_in(_KINDS),
            nw.col("channel").fill_null("") != _BY_HAND,
            ~nw.col("prescriber_id").is_null(),
        )
        .select("settlement_id", *DOCTOR, "person_id", "settled_day", day="service_day")
        .to_native()
    )
    often = pl.struct("day").n_unique().over(*DOCTOR, "person_id") > regular_days
    return (
        rows.join(net, on="settlement_id", how="semi")
        .join(explained, on=["person_id", "provider_id", "settled_day"], how="anti")
        .filter(~often)
        .drop("settled_day")
        .sort("settlement_id")
        .collect()
    )


def doctor_days(seen: pl.DataFrame) -> pl.DataFrame:
    """People of each doctor's days: `DOCTOR_DAY`, people, expected; sorted.

    Expected are the doctor's own other days, those of the weekday and of the date, and the days around, whichever are
    most; and the patients whom colleagues of the place see less of than usual on that day: the doctor stands in.

    Args:
        seen: from `consultations`.
    """
    days = (
        seen.group_by(DOCTOR_DAY).agg(people=pl.col("person_id").n_unique().cast(pl.Int64)).sort(DOCTOR_DAY)
    )
    one_name = days.select(pl.concat_str(DOCTOR, separator="\n").alias("provider_id"), "day", "people")
    with_own = days.with_columns(own=expected_people(one_name))
    place = pl.col("people").sum().over("provider_id", "day") - pl.col("people")
    working = pl.col("day").n_unique().over("provider_id")
    whole = (pl.col("people").sum().over("provider_id") - pl.col("people").sum().over(DOCTOR)) / working
    absent = (whole - place).clip(lower_bound=0.0)
    return with_own.with_columns(expected=pl.col("own") + absent).drop("own")
