"""Outpatient care or purchases settled while the person lay in a hospital (D23).

Evidence is care whose day of service lies strictly inside a stay and for which a fund or an account paid. Care on the
days of admission and discharge is lawful, and so is a purchase by a registered agent. Whether an examination
elsewhere was agreed only the hospital can tell.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.circumstances.funded_care import billed_later, paid, standing
from detection.circumstances.registered import purchases_by_agents
from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from features import intervals
from features.engine import collect
from features.registered import covered
from features.registry import Frame


def hits(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Care on a day strictly inside a stay, by the day of service, for which a fund or an account paid.

    Left out: the days at both ends of a stay, what a registered context says that somebody else bought for the
    person, and stays without both days. A stay taken back is none. Whether an examination elsewhere that a
    doctor of the hospital ordered was agreed, only the hospital can tell (``ordered``); when care was given that
    was settled by hand without a day of service, or in data that state none, only the provider can (``day_not_said``).
    """
    care = context.assessable.settlements.filter(paid(), nw.col("care_type") != "inpatient")
    inside = standing(
        _during(care.join(_stays(context), on="person_id", how="inner"), context, thresholds), context
    )
    care_in_stay = (
        inside.group_by(
            "settlement_id", "person_id", "provider_id", "service_day", "care_type", "day_not_said"
        )
        .agg(at_hospital=(nw.col("provider_id") == nw.col("hospital_id")).any())
        .join(_ordered(inside, context).with_columns(ordered=nw.lit(True)), on="settlement_id", how="left")
    )
    return care_in_stay.join(_bought_by_agents(care_in_stay, context), on="settlement_id", how="anti").select(
        "settlement_id", "person_id", nw.col("person_id").alias("subject_id"), cause=_cause()
    )


def exposed_people(context: DetectorContext, thresholds: Thresholds) -> dict[str, int]:
    """People with a stay of some days inside of which there could be care."""
    edge = thresholds.expression("edge_days", nw.col("from_day"))
    inside = _stays(context).filter(nw.col("to_day") - nw.col("from_day") >= edge * 2)
    people = int(collect(inside.select(nw.col("person_id").n_unique())).item())
    return dict.fromkeys(("purchase", "same_hospital", "visit_elsewhere"), people)


def _stays(context: DetectorContext) -> Frame:
    """Stays that stand after reversals: person_id, hospital_id, from_day, to_day; each once."""
    stays = context.assessable.settlements.filter(
        nw.col("care_type") == "inpatient",
        ~nw.col("admitted_day").is_null(),
        ~nw.col("discharged_day").is_null(),
    ).select(
        "settlement_id",
        "person_id",
        hospital_id=nw.col("provider_id"),
        from_day=nw.col("admitted_day"),
        to_day=nw.col("discharged_day"),
    )
    return standing(stays, context).drop("settlement_id").unique()


def _during(care: Frame, context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Care inside a stay, a row for every such stay."""
    day = nw.col("service_day")
    edge = thresholds.expression("edge_days", day)
    by_hand = (nw.col("channel") == "manual") & nw.col("service_date").is_null()
    return care.filter(intervals.holds(nw.col("from_day") + edge, nw.col("to_day") - edge, day)).select(
        "settlement_id",
        "person_id",
        "provider_id",
        "hospital_id",
        "service_day",
        "care_type",
        "prescriber_id",
        day_not_said=by_hand.fill_null(False) | billed_later(context),
    )


def _ordered(inside: Frame, context: DetectorContext) -> Frame:
    """Visits elsewhere that somebody ordered who also prescribes at the hospital of the stay."""
    visits = inside.filter(nw.col("care_type") != "pharmacy", nw.col("provider_id") != nw.col("hospital_id"))
    doctors = (
        context.assessable.settlements.select("prescriber_id", hospital_id=nw.col("provider_id"))
        .join(
            visits.select("prescriber_id", "hospital_id").unique(),
            on=["prescriber_id", "hospital_id"],
            how="semi",
        )
        .unique()
    )
    return (
        visits.join(doctors, on=["prescriber_id", "hospital_id"], how="semi").select("settlement_id").unique()
    )


def _bought_by_agents(care: Frame, context: DetectorContext) -> Frame:
    """Settlements of people for whom, by a registered context, somebody else bought, at the provider or anywhere."""
    rows = care.select("settlement_id", "person_id", "provider_id", "service_day")
    agents = purchases_by_agents(context.whole.registered_contexts)
    return covered(rows, agents, day="service_day").select("settlement_id").unique()


def _cause() -> nw.Expr:
    return (
        nw.when(nw.col("day_not_said"))
        .then(nw.lit("day_not_said"))
        .when(nw.col("care_type") == "pharmacy")
        .then(nw.lit("purchase"))
        .when(nw.col("at_hospital"))
        .then(nw.lit("same_hospital"))
        .when(nw.col("ordered"))
        .then(nw.lit("ordered"))
        .otherwise(nw.lit("visit_elsewhere"))
    )
