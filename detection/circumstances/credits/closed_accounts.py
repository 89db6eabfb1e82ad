"""Months whose contribution came when there was no account to credit it to any more."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.detectors.context import DetectorContext
from features import intervals
from features.registry import Frame

_MONTH = ["person_id", "month"]


def without_closed_accounts(months: Frame, context: DetectorContext) -> Frame:
    """Without months whose contribution was paid after death, or on a day on which the person was not enrolled.

    The account may have been paid out by then. A month without a known day of payment stays.

    Args:
        months: person_id, month and paid_day (null where unknown).
        context: the whole data.
    """
    deaths = context.whole.persons.select("person_id", "death_day")
    enrolled = context.whole.enrolments.filter(nw.col("scheme") == "employee").join(
        deaths, on="person_id", how="left"
    )
    alive = enrolled.with_columns(end_day=nw.min_horizontal("end_day", "death_day"))
    paid = nw.col("paid_day")
    opened = (
        months.filter(~paid.is_null())
        .select(*_MONTH, "paid_day")
        .join(alive.select("person_id", "start_day", "end_day"), on="person_id", how="inner")
        .filter(intervals.covers("start_day", "end_day", paid, paid))
        .select(*_MONTH, opened=nw.lit(True))
        .unique()
    )
    known = months.join(opened, on=_MONTH, how="left")
    return known.filter(paid.is_null() | ~nw.col("opened").is_null()).drop("opened")
