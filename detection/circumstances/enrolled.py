"""Who is insured where, and in which scheme, on the day of care."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.detectors.context import DetectorContext
from features import intervals
from features.contract.vocabulary import UNKNOWN, UNKNOWN_AREAS
from features.registry import Frame


def in_force(care: Frame, context: DetectorContext) -> Frame:
    """Enrolments that hold the day of service, or may: settlement_id, enrolled_scheme, enrolled_area.

    A status that is not known may be active.

    Args:
        care: settlements with settlement_id, person_id and service_day; few, as every one of them is joined.
        context: whose enrolments are searched.
    """
    records = context.whole.enrolments.filter(nw.col("status").is_in(["active", UNKNOWN])).select(
        "person_id",
        "start_day",
        "end_day",
        enrolled_scheme=nw.col("scheme"),
        enrolled_area=nw.col("pooling_area"),
    )
    return (
        records.join(care.select("settlement_id", "person_id", "service_day"), on="person_id", how="inner")
        .filter(intervals.holds("start_day", "end_day", "service_day"))
        .select("settlement_id", "enrolled_scheme", "enrolled_area")
    )


def within(care: Frame, context: DetectorContext, scheme: str) -> Frame:
    """Ids of the settlements on whose day of service the person was insured in a scheme."""
    return (
        in_force(care, context).filter(nw.col("enrolled_scheme") == scheme).select("settlement_id").unique()
    )


def only_elsewhere(care: Frame, context: DetectorContext) -> Frame:
    """Ids of the settlements for people insured in other areas only on that day: those areas' policy is theirs."""
    elsewhere = ~nw.col("enrolled_area").fill_null("").is_in([*UNKNOWN_AREAS, context.area])
    return (
        in_force(care, context)
        .group_by("settlement_id")
        .agg(elsewhere=elsewhere.all())
        .filter(nw.col("elsewhere"))
        .select("settlement_id")
    )
