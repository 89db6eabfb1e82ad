"""Care outside the bill of a stay, given on days strictly inside the stay."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.circumstances.funded_care import billed_later, paid, standing
from detection.circumstances.registered import purchases_by_agents
from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from features import intervals
from features.registered import covered
from features.registry import Frame

STAY = ["person_id", "hospital_id", "from_day", "to_day"]


def standing_stays(context: DetectorContext) -> Frame:
    """Stays with both days that stand after reversals: `STAY`; each once."""
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


def care_in_stays(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Care for which a fund or an account paid, a row for every stay that its day of service lies inside of.

    Left out are the days at both ends of a stay and what a registered agent bought.

    Args:
        context: the data.
        thresholds: with ``edge_days``, the days at each end.

    Returns:
        `STAY`, settlement_id, provider_id, service_day, care_type; at_hospital: at the hospital of the stay; ordered:
        by a doctor who also prescribes there; day_not_said: whether the care may be older than its day.
    """
    return care_within(context, thresholds.expression("edge_days", nw.col("service_day")))


def care_within(context: DetectorContext, edge: nw.Expr) -> Frame:
    """What `care_in_stays` returns, for an expression of the days at each end of a stay."""
    care = context.assessable.settlements.filter(paid(), nw.col("care_type") != "inpatient")
    pairs = care.join(standing_stays(context), on="person_id", how="inner")
    inside = standing(_during(pairs, context, edge), context)
    ordered = _ordered(inside, context).with_columns(ordered=nw.lit(True))
    return (
        inside.join(ordered, on="settlement_id", how="left")
        .join(_bought_by_agents(inside, context), on="settlement_id", how="anti")
        .with_columns(
            at_hospital=nw.col("provider_id") == nw.col("hospital_id"),
            ordered=nw.col("ordered").fill_null(False),
        )
        .drop("prescriber_id")
    )


def _during(care: Frame, context: DetectorContext, edge: nw.Expr) -> Frame:
    """Care inside a stay, a row for every such stay."""
    day = nw.col("service_day")
    by_hand = (nw.col("channel") == "manual") & nw.col("service_date").is_null()
    return care.filter(intervals.holds(nw.col("from_day") + edge, nw.col("to_day") - edge, day)).select(
        "settlement_id",
        *STAY,
        "provider_id",
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
