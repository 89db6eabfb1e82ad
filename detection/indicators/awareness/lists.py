"""Lists of awareness: answers to surveys, and people who could have a benefit and take none."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw

from detection.indicators.lists import counted_people, monthly, periodic
from detection.indicators.thresholds import ThresholdValues
from features.indicators.care import within
from features.indicators.periods import Period, spans
from features.indicators.population import entitled_months
from features.registry import Frame, Relations


@monthly(record="question")
def awareness_by_survey(views: Relations, _: ThresholdValues) -> Frame:
    """Of answers that are right or wrong, the right ones; a row an answer."""
    return views["graded_answers"].select(
        "month",
        nw.col("question").alias("record"),
        "district",
        "respondent_group",
        nw.col("correct").cast(nw.Int64).alias("numerator"),
        nw.lit(1).cast(nw.Int64).alias("denominator"),
    )


@periodic()
def awareness_by_conduct(views: Relations, periods: Sequence[Period], thresholds: ThresholdValues) -> Frame:
    """Of entitled people, those with care enough for a benefit and none: a row a person.

    Care enough: at least ``least_visits`` ordinary outpatient settlements, and cost in scope above the deductible of
    a year (of their category, at the period's end), or of one visit where visits have their own.
    """
    months = spans(periods)
    entitled = entitled_months(views, months).select("period", "insured_code", "person_category")
    limits = views["benefit_limits"].join(months.select("period", month="end"), on="month")
    care = (
        within(views, "outpatient_months", periods)
        .group_by("period", "insured_code")
        .agg(nw.col("visits", "above", "paid").sum())
    )
    unaware = (
        entitled.join(care, on=["period", "insured_code"])
        .join(limits.select("period", "person_category", "deductible"), on=["period", "person_category"])
        .filter(
            nw.col("visits") >= thresholds.integer("least_visits"),
            nw.col("above") > nw.col("deductible"),
            nw.col("paid") == 0,
        )
        .select("period", "insured_code")
    )
    return counted_people(entitled, unaware)
