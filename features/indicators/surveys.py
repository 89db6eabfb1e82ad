"""Survey answers that are known to be right or wrong."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.calendar import month_of_day
from features.registry import Frame, view
from features.visits.people import known


@view(
    grain="survey answer known to be right or wrong",
    persist=True,
    order=("month", "question", "respondent_group", "district", "correct"),
    schema={
        "month": nw.Int32,
        "question": nw.String,
        "respondent_group": nw.String,
        "district": nw.String,
        "correct": nw.Boolean,
    },
)
def graded_answers(survey_answers: Frame) -> Frame:
    """Answers with the month of the survey, the group and district of the person, and whether they are right."""
    return survey_answers.filter(~nw.col("correct").is_null()).select(
        month_of_day(nw.col("asked_day")).cast(nw.Int32).alias("month"),
        "question",
        known("respondent_group"),
        known("district_code").alias("district"),
        "correct",
    )
