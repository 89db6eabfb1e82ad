"""Outpatient care or purchases settled while the person lay in a hospital (D23).

Evidence is care whose day of service lies strictly inside a stay and for which a fund or an account paid. Care on the
days of admission and discharge is lawful, and so is a purchase by a registered agent. Whether an examination
elsewhere was agreed only the hospital can tell. Where many patients of one hospital are seen elsewhere during their
stays, the stays explain it and not the care: see `detection.circumstances.in_hospital.empty_beds`.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.in_hospital.care_in_stays import STAY, care_in_stays, standing_stays
from detection.circumstances.in_hospital.empty_beds import empty_beds
from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from features.engine import collect
from features.registry import Frame
from models.evidence.unit import ALERT


def hits(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Care on a day strictly inside a stay, by the day of service, for which a fund or an account paid.

    Left out: the days at both ends of a stay, what a registered context says that somebody else bought for the
    person, and stays without both days. A stay taken back is none. Whether an examination elsewhere that a
    doctor of the hospital ordered was agreed, only the hospital can tell (``ordered``); when care was given that
    was settled by hand without a day of service, or in data that state none, only the provider can (``day_not_said``).
    Care elsewhere during a stay that is itself in question accuses nobody (``stay_in_question``): there is an alert
    about the hospital.
    """
    inside: pl.LazyFrame = care_in_stays(context, thresholds).to_native().lazy()
    in_question = (
        empty_beds(context, inside).in_question(ALERT).lazy().select(*STAY, in_question=pl.lit(True))
    )
    rows = inside.join(in_question, on=STAY, how="left").with_columns(
        in_question=pl.col("in_question").fill_null(value=False) & ~pl.col("at_hospital")
    )
    flags = ("at_hospital", "ordered", "in_question")
    care = rows.group_by("settlement_id", "person_id", "care_type", "day_not_said").agg(pl.col(*flags).any())
    return nw.from_native(care).select(
        "settlement_id", "person_id", nw.col("person_id").alias("subject_id"), cause=_cause()
    )


def exposed_people(context: DetectorContext, thresholds: Thresholds) -> dict[str, int]:
    """People with a stay of some days inside of which there could be care."""
    edge = thresholds.expression("edge_days", nw.col("from_day"))
    inside = standing_stays(context).filter(nw.col("to_day") - nw.col("from_day") >= edge * 2)
    people = int(collect(inside.select(nw.col("person_id").n_unique())).item())
    return dict.fromkeys(("purchase", "same_hospital", "visit_elsewhere"), people)


def _cause() -> nw.Expr:
    return (
        nw.when(nw.col("day_not_said"))
        .then(nw.lit("day_not_said"))
        .when(nw.col("in_question"))
        .then(nw.lit("stay_in_question"))
        .when(nw.col("care_type") == "pharmacy")
        .then(nw.lit("purchase"))
        .when(nw.col("at_hospital"))
        .then(nw.lit("same_hospital"))
        .when(nw.col("ordered"))
        .then(nw.lit("ordered"))
        .otherwise(nw.lit("visit_elsewhere"))
    )
