"""Awareness: do people know of the benefit, by what they answer and by what they do?"""

from __future__ import annotations

import narwhals as nw

from features.indicators.care import within
from features.indicators.ground import Ground, Source, relation
from features.indicators.participation import flagged
from features.indicators.periods import Period, month_of
from features.indicators.population import entitled_months
from features.indicators.registry import Drawn, indicator
from features.registry import Frame
from features.visits.people import known


@indicator(record="question")
def awareness_by_survey(ground: Ground, period: Period, _: Drawn) -> Frame:
    """Of answers that are right or wrong, the right ones; a row an answer."""
    return (
        ground["answers"]
        .filter(nw.col("month").is_between(period.start, period.end))
        .select(
            nw.col("question").alias("record"),
            "district",
            "respondent_group",
            nw.col("correct").cast(nw.Int64).alias("numerator"),
            nw.lit(1).cast(nw.Int64).alias("denominator"),
        )
    )


@indicator()
def awareness_by_conduct(ground: Ground, period: Period, line: Drawn) -> Frame:
    """Of entitled people, those with care enough for a benefit and none: a row a person.

    Care enough: at least ``least_visits`` ordinary outpatient settlements, and cost in scope above the deductible of
    a year (of their category, at the period's end), or of one visit where visits have their own.
    """
    entitled = entitled_months(ground, period.start, period.end).select("person", "person_category")
    limit = ground["limits"].filter(nw.col("month") == period.end).select("person_category", "deductible")
    care = (
        within(ground, "person_months", period)
        .group_by("person")
        .agg(nw.col("visits", "above", "paid").sum())
    )
    unaware = (
        entitled.join(care, on="person")
        .join(limit, on="person_category")
        .filter(
            nw.col("visits") >= line["least_visits"],
            nw.col("above") > nw.col("deductible"),
            nw.col("paid") == 0,
        )
        .select("person")
    )
    return flagged(entitled, unaware)


@relation(order=("month", "question", "respondent_group", "district", "correct"))
def answers(source: Source, _: Ground) -> Frame:
    """Survey answers known to be right or wrong: month, question, respondent_group, district, correct."""
    return source.tables.survey_answers.filter(~nw.col("correct").is_null()).select(
        month_of(nw.col("asked_day")).cast(nw.Int32).alias("month"),
        "question",
        known("respondent_group"),
        known("district_code").alias("district"),
        "correct",
    )
