"""Settlements taken back within minutes, again and again, for one person or by one operator (D09).

Evidence is a settlement that was reversed in full within minutes, where a person has several of them, or an operator
several visits with more than one each. A cashier's correction (settled, reversed, settled again as it should be) is
lawful, and is one loop of one visit: it never fires.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from features.registry import Frame
from features.windows import n_within

_VISIT = ["provider_id", "operator_id", "person_id", "settled_day"]


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The settlements taken back, of a person who has many such loops, or of an operator with many such visits.

    A loop is a settlement that is reversed in full within minutes. A cashier's correction (settled, reversed,
    settled again as it should be) is one loop of a visit. It never fires: a person's case needs several
    loops, an operator's several visits with more than one.
    """
    loops = _loops(context, thresholds)
    return nw.concat([_of_persons(loops, thresholds), _of_operators(loops, thresholds)]).select(
        "settlement_id",
        "provider_id",
        "repeated_by",
        "cause",
        nw.col("provider_id").alias("subject_id"),
        strength=nw.len().over("provider_id", "repeated_by", "cause").cast(nw.Float64),
    )


def _loops(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Settlements that were reversed in full within the minutes of the threshold."""
    undone = context.assessable.settlements.filter(~nw.col("reverses_settlement_id").is_null()).select(
        nw.col("reverses_settlement_id").alias("settlement_id"),
        nw.col("settled_minute").alias("undone_minute"),
        nw.col("total_amount").alias("undone_amount"),
    )
    waited = nw.col("undone_minute") - nw.col("settled_minute")
    return (
        context.assessable.settlements.join(undone, on="settlement_id", how="inner")
        .filter(
            nw.col("total_amount") + nw.col("undone_amount") == 0,
            waited >= 0,
            waited <= int(thresholds.latest("within_minutes")),
        )
        .select("settlement_id", *_VISIT, "settled_minute")
    )


def _of_persons(loops: Frame, thresholds: StatisticalThresholds) -> Frame:
    many, days = int(thresholds.latest("min_loops")), int(thresholds.latest("window_days"))
    dense = n_within(
        many,
        days,
        day="settled_day",
        over=["provider_id", "person_id"],
        order_by=["settled_minute", "settlement_id"],
    )
    return loops.filter(dense).select(
        "settlement_id",
        "provider_id",
        nw.col("person_id").alias("repeated_by"),
        nw.lit("same_person").alias("cause"),
    )


def _of_operators(loops: Frame, thresholds: StatisticalThresholds) -> Frame:
    """Loops of visits with more than one each, where they are many and of as many different people."""
    case = ["provider_id", "operator_id"]
    again, many = int(thresholds.latest("loops_per_visit")), int(thresholds.latest("min_visits"))
    days = int(thresholds.latest("operator_days"))
    dense = n_within(many, days, day="settled_day", over=case, order_by=["settled_day", "person_id"])
    visits = (
        loops.group_by(*_VISIT)
        .agg(loops=nw.len())
        .filter(nw.col("loops") >= again)
        .filter(dense)
        .filter(nw.col("person_id").n_unique().over(*case) >= many)
    )
    return loops.join(visits.drop("loops"), on=_VISIT, how="semi").select(
        "settlement_id",
        "provider_id",
        nw.col("operator_id").alias("repeated_by"),
        nw.lit("same_operator").alias("cause"),
    )
