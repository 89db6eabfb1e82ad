"""Months in which a person had no entitlement, so that nothing was due to the account."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features import intervals
from features.calendar import first_day, last_day
from features.contract.vocabulary import UNKNOWN_AREAS
from features.registry import Frame

_MONTH = ["person_id", "month"]


def not_entitled(months: Frame, enrolments: Frame, persons: Frame, area: str) -> Frame:
    """Months of people insured here on no day of which they had an active enrolment.

    An enrolment of any scheme and area counts, until death; a month in which it ends still counts as enrolled.
    Months before the first enrolment on record are left out, because earlier ones may not be on record.

    Args:
        months: person_id, month (month index), and further columns, which are kept.
        enrolments: table of the contract.
        persons: table of the contract, for the days of death.
        area: six digits; people who were never enrolled here are left out.

    Returns:
        The months, with ``dead``: whether the person died before them.
    """
    begins, ends = first_day(nw.col("month")), last_day(nw.col("month"))
    here = nw.col("pooling_area").is_null() | nw.col("pooling_area").is_in([*UNKNOWN_AREAS, area])
    insured = enrolments.filter(here).select("person_id").unique()
    first = (
        enrolments.join(insured, on="person_id", how="semi")
        .group_by("person_id")
        .agg(first=nw.col("start_day").min())
    )
    deaths = persons.select("person_id", "death_day")
    known = (
        months.join(first, on="person_id", how="inner")
        .filter(begins > nw.col("first"))
        .join(deaths, on="person_id", how="left")
    )
    active = enrolments.filter(nw.col("status") == "active").select("person_id", "start_day", "end_day")
    entitled = (
        known.select(*_MONTH, "death_day")
        .join(active, on="person_id", how="inner")
        .filter(
            intervals.overlaps("start_day", "end_day", begins, ends),
            nw.col("death_day").is_null() | (nw.col("death_day") >= begins),
        )
        .select(_MONTH)
        .unique()
    )
    return known.join(entitled, on=_MONTH, how="anti").with_columns(
        dead=(nw.col("death_day") < begins).fill_null(False)
    )
