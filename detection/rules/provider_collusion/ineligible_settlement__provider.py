"""Settlements at a provider that was not designated on the day of care (D31).

Evidence is care given outside the provider's service agreement, or while it was suspended or terminated. Emergency
care is lawful as far as the policy exempts it, and so is a stay that began before a suspension. Of a provider without
a row in providers nothing is concluded: that is a defect of the data.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.circumstances.funded_care import funded_care
from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from detection.detectors.reach import of_settlement
from features import intervals
from features.contract.vocabulary import ACTIVE, INACTIVE_STATUSES
from features.registry import Frame

reach = of_settlement("providers", "provider_status")


def hits(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Care given outside the provider's agreement, or while it was suspended or terminated.

    An inpatient stay is a hit only when the provider was designated neither on admission nor on the day of service:
    one that began before a suspension goes on, and an admission during one may have been an emergency. Emergency
    care is no hit as the policy exempts it, nor a provider without a row in providers (a defect of the data).
    """
    agreements = context.whole.providers.select("provider_id", "agreement_start_day", "agreement_end_day")
    care = funded_care(context).filter(~_exempt(context)).join(agreements, on="provider_id", how="inner")
    on_service = _undesignated(care, context, "service_day").select("settlement_id")
    return _undesignated(care, context, "began_day").join(on_service, on="settlement_id", how="semi")


def _undesignated(care: Frame, context: DetectorContext, day: str) -> Frame:
    """Settlements whose provider was not designated on a day of theirs, with the cause."""
    outside = ~intervals.holds("agreement_start_day", "agreement_end_day", day)
    return (
        care.join(_stopped(care, context, day), on="settlement_id", how="left")
        .with_columns(
            cause=nw.when(~nw.col("stopped_as").is_null())
            .then(nw.col("stopped_as"))
            .when(outside.fill_null(False))
            .then(nw.lit("outside_agreement"))
        )
        .filter(~nw.col("cause").is_null())
        .select("settlement_id", "provider_id", "cause", nw.col("provider_id").alias("subject_id"))
    )


def _exempt(context: DetectorContext) -> nw.Expr:
    """Emergency care, unless the policy of the day of service states that it is not exempt."""
    not_exempt = context.policy.holds("designation.emergency_exempt", False, nw.col("service_day"))
    return (nw.col("care_type") == "emergency") & ~not_exempt


def _stopped(care: Frame, context: DetectorContext, day: str) -> Frame:
    """Settlements on a day on which the latest status of the provider is suspended or terminated.

    Of intervals that overlap, the one that began last holds; when two begin on one day, an active one.
    """
    status = context.whole.provider_status.select("provider_id", "status", "from_day", "to_day")
    bad = nw.col("status").is_in(INACTIVE_STATUSES)
    ever_stopped = status.filter(bad).select("provider_id").unique()
    on_the_day = (
        care.join(status.join(ever_stopped, on="provider_id", how="semi"), on="provider_id", how="inner")
        .filter(intervals.holds("from_day", "to_day", day))
        .with_columns(since=nw.col("from_day"))
    )
    kinds = (*INACTIVE_STATUSES, ACTIVE)
    since = (nw.col("since").filter(nw.col("status") == kind).max().alias(kind) for kind in kinds)
    suspended, terminated, active = (nw.col(kind).fill_null(-1) for kind in kinds)
    return (
        on_the_day.group_by("settlement_id")
        .agg(*since)
        .filter(nw.max_horizontal(suspended, terminated) > active)
        .select(
            "settlement_id",
            stopped_as=nw.when(terminated >= suspended)
            .then(nw.lit("terminated"))
            .otherwise(nw.lit("suspended")),
        )
    )
