"""Lists of awareness: answers to surveys, and people who could have a benefit and take none."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.indicators.lists import counted_people, indicator
from detection.indicators.thresholds import ThresholdValues
from features.indicators.care import within
from features.indicators.periods import Period
from features.indicators.population import entitled_months
from features.registry import Frame, Relations


@indicator(record="question")
def awareness_by_survey(views: Relations, period: Period, _: ThresholdValues) -> Frame:
    """Of answers that are right or wrong, the right ones; a row an answer."""
    return within(views, "graded_answers", period).select(
        nw.col("question").alias("record"),
        "district",
        "respondent_group",
        nw.col("correct").cast(nw.Int64).alias("numerator"),
        nw.lit(1).cast(nw.Int64).alias("denominator"),
    )


@indicator()
def awareness_by_conduct(views: Relations, period: Period, thresholds: ThresholdValues) -> Frame:
    """Of entitled people, those with care enough for a benefit and none: a row a person.

    Care enough: at least ``least_visits`` ordinary outpatient settlements, and cost in scope above the deductible of
    a year (of their category, at the period's end), or of one visit where visits have their own.
    """
    entitled = entitled_months(views, period.start, period.end).select("insured_code", "person_category")
    limits = views["benefit_limits"].filter(nw.col("month") == period.end)
    care = (
        within(views, "outpatient_months", period)
        .group_by("insured_code")
        .agg(nw.col("visits", "above", "paid").sum())
    )
    unaware = (
        entitled.join(care, on="insured_code")
        .join(limits.select("person_category", "deductible"), on="person_category")
        .filter(
            nw.col("visits") >= thresholds.integer("least_visits"),
            nw.col("above") > nw.col("deductible"),
            nw.col("paid") == 0,
        )
        .select("insured_code")
    )
    return counted_people(entitled, unaware)
