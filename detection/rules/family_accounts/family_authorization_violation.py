"""Payments from a relative's personal account that no authorization in force covers (D26; seed A10, A19, A20).

Evidence is a payment without an authorization of the pair at its time, for a relation that was not permitted on the
day, or for a relative who was not enrolled where the policy requires. A payment under an authorization in force for a
permitted relation is lawful; of a relative without a record here only the other area can tell.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from features import intervals
from features.registry import Frame

_PAIR = ["payer_id", "beneficiary_id"]
_MINUTES = 24 * 60


def hits(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Payments by a relative's account, each with the first reason that it fails for, in this order.

    Never authorized; paid before an authorization began, or after it ended; a relation not permitted on the
    day of service; then the relative's own enrolment: no record here at all ("elsewhere", which only the
    other area can tell), or lapsed or in another province. What is reversed in full is left out.
    """
    paid = _payments(context)
    unauthorized = nw.col("must") & ~nw.col("in_force")
    cause = (
        nw.when(unauthorized & nw.col("ended").is_null())
        .then(nw.lit("never"))
        .when(unauthorized & nw.col("ended"))
        .then(nw.lit("after"))
        .when(unauthorized)
        .then(nw.lit("before"))
        .when(nw.col("in_force") & ~nw.col("permitted"))
        .then(nw.lit("relation"))
        .when(nw.col("enrolled").is_null())
        .then(nw.lit("elsewhere"))
        .when(~nw.col("enrolled"))
        .then(nw.lit("lapsed"))
    )
    return (
        paid.join(_authorized(paid, context, thresholds), on="settlement_id", how="left")
        .join(_enrolled(paid, context), on="settlement_id", how="left")
        .with_columns(nw.col("in_force").fill_null(False))
        .with_columns(cause=cause)
        .filter(~nw.col("cause").is_null())
        .select("settlement_id", "cause", *_PAIR, nw.col("payer_id").alias("subject_id"))
    )


def _payments(context: DetectorContext) -> Frame:
    """Payments that stand after reversals; ``must``: the policy of the day asks for an authorization."""
    required = context.policy.holds("family_mutual_aid.requires_authorization", True, nw.col("service_day"))
    return (
        context.views["net_settlements"]
        .filter(nw.col("mutual_aid_paid") > 0, nw.col("mutual_aid_payer_id") != nw.col("person_id"))
        .join(context.assessable.settlements.select("settlement_id"), on="settlement_id", how="semi")
        .select(
            "settlement_id",
            "settled_minute",
            "settled_day",
            "service_day",
            nw.col("mutual_aid_payer_id").alias("payer_id"),
            nw.col("person_id").alias("beneficiary_id"),
            must=required,
        )
    )


def _authorized(paid: Frame, context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Per payment with any authorization between the two: whether one is in force, permitted, or ended."""
    grace = thresholds.expression("grace_minutes", nw.col("settled_day"))
    minute, day = nw.col("settled_minute"), nw.col("settled_day")
    to_the_day = minute.is_null()
    begun_by_day, begun_by_minute = day >= nw.col("valid_from_day"), minute + grace >= nw.col("begin")
    ended_by_day, ended_by_minute = day > nw.col("valid_to_day"), minute - grace > nw.col("end")
    begun = nw.when(to_the_day).then(begun_by_day).otherwise(begun_by_minute)
    ended = nw.when(to_the_day).then(ended_by_day).otherwise(ended_by_minute)
    return (
        paid.join(_authorizations(context), on=_PAIR, how="inner")
        .with_columns(ended=ended.fill_null(False))
        .with_columns(in_force=begun & ~nw.col("ended"))
        .with_columns(permitted=nw.col("in_force") & _permitted(context))
        .group_by("settlement_id")
        .agg(nw.col("in_force", "permitted", "ended").any())
    )


def _authorizations(context: DetectorContext) -> Frame:
    """Authorizations with their first and last minute; a time known to the day lasts the whole day."""
    first, last = nw.col("valid_from_day") * _MINUTES, (nw.col("valid_to_day") + 1) * _MINUTES - 1
    return context.whole.family_authorizations.select(
        *_PAIR,
        "relation",
        "valid_from_day",
        "valid_to_day",
        begin=nw.coalesce(nw.col("valid_from_minute"), first.cast(nw.Int64)),
        end=nw.coalesce(nw.col("valid_to_minute"), last.cast(nw.Int64)),
    )


def _permitted(context: DetectorContext) -> nw.Expr:
    """Whether the relation is permitted on the day of service.

    Relations that the source does not know pass, and so do days for which the policy is unknown.
    """
    relation, day = nw.col("relation"), nw.col("service_day")
    listed = context.policy.listed("family_mutual_aid.permitted_relations", relation, day).fill_null(True)
    return relation.is_null() | (relation == "unknown") | listed


def _enrolled(paid: Frame, context: DetectorContext) -> Frame:
    """Per payment for a relative with any record here: enrolled, on the day of service, where it must be."""
    day = nw.col("service_day")
    in_time = intervals.holds("start_day", "end_day", day)
    provinces = context.policy.known_windows("family_mutual_aid.enrolment_province")
    outside = nw.any_horizontal(
        nw.lit(False),
        *(
            window.holds(day) & ~nw.col("pooling_area").str.starts_with(str(window.value))
            for window in provinces
            if window.value
        ),
        ignore_nulls=True,
    )
    enrolled = (nw.col("status") == "active") & in_time & ~outside
    records = context.whole.enrolments.select(
        nw.col("person_id").alias("beneficiary_id"), "status", "start_day", "end_day", "pooling_area"
    )
    return (
        paid.join(records, on="beneficiary_id", how="inner")
        .group_by("settlement_id")
        .agg(enrolled=enrolled.any())
    )
