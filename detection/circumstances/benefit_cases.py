"""Care that the pooled fund paid: amounts that reversals gave back, and whether the person was insured here."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.detectors.context import DetectorContext
from features import intervals
from features.contract.vocabulary import UNKNOWN_AREAS
from features.registry import Frame


def undone(context: DetectorContext) -> Frame:
    """What reversals gave back (below zero), by the settlement that they name: settlement_id, undone, pool_undone.

    ``undone`` is cost in scope and ``pool_undone`` the pooled fund's money, both in fen. All rows of the data count.
    """
    return (
        context.whole.settlements.filter(~nw.col("reverses_settlement_id").is_null())
        .select("in_scope_amount", "pool_paid", settlement_id=nw.col("reverses_settlement_id"))
        .group_by("settlement_id")
        .agg(undone=nw.col("in_scope_amount").sum(), pool_undone=nw.col("pool_paid").sum())
    )


def with_insured(care: Frame, context: DetectorContext) -> Frame:
    """The settlements with ``insured``: whether an active enrolment here holds the day, as far as is recorded.

    An enrolment whose end cannot be read holds no day.

    Args:
        care: settlements with settlement_id, person_id and service_day; few, as every one of them is joined.
        context: whose enrolments are searched.
    """
    # an enrolment of an unknown area is taken to be of the run's own area
    here = context.whole.enrolments.filter(
        nw.col("status") == "active",
        ~nw.col("end_unknown").fill_null(value=False),
        nw.col("pooling_area").fill_null("").is_in([context.area, *UNKNOWN_AREAS]),
    ).select("person_id", "start_day", "end_day")
    holding = (
        here.join(care.select("settlement_id", "person_id", "service_day"), on="person_id", how="inner")
        .filter(intervals.holds("start_day", "end_day", "service_day"))
        .select("settlement_id", insured=nw.lit(True))
        .unique()
    )
    return care.join(holding, on="settlement_id", how="left").with_columns(
        insured=nw.col("insured").fill_null(value=False)
    )
