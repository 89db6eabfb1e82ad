"""What a list can be cut by."""

from __future__ import annotations

from typing import Literal

import narwhals.stable.v2 as nw

from features.indicators.periods import Period
from features.indicators.population import categories
from features.registry import Frame, Relations

CutName = Literal[
    "district",
    "respondent_group",
    "person_category",
    "age_band",
    "employer_id",
    "provider_kind",
    "provider_level",
    "provider_id",
    "part",
]


def with_cuts(rows: Frame, views: Relations, period: Period) -> Frame:
    """A list with everything that it can be cut by: attributes of the person, and of the institution if it has one."""
    columns = rows.collect_schema().names()
    if "insured_code" in columns:
        rows = rows.join(views["insured"], on="insured_code", how="left")
        if "person_category" not in columns:
            of_person = categories(views, [period]).drop("period")
            rows = rows.join(of_person, on="insured_code", how="left")
            rows = rows.with_columns(nw.col("person_category").fill_null("unknown"))
    if "institution_code" in columns:
        rows = rows.join(views["institutions"], on="institution_code", how="left")
    return rows
