"""``enrolments.end_date``: the last day of the interval, or the first day after it.

Where the next interval of a person begins on the day that the one before names as its end, that day is not part of it.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from features.engine import collect
from features.readings.limits import LIMITS
from features.readings.reading import Reading
from features.tables import Tables

NAME, INCLUSIVE, EXCLUSIVE = "enrolment_end", "inclusive", "exclusive"


def end_reading(tables: Tables) -> Reading:
    """What the data show; the contract's meaning where they show too little."""
    if not tables.has("enrolments", "start_date", "end_date"):
        return Reading(NAME, INCLUSIVE, "contract", "no ended interval is recorded", "未记录终止日期")
    rows = collect(tables.enrolments.select("person_id", "start_day", "end_day")).drop_nulls("start_day")
    following = pl.col("start_day").shift(-1).over("person_id")
    gaps = rows.sort("person_id", "start_day", "end_day").select(gap=following - pl.col("end_day"))["gap"]
    same, next_day = int((gaps == 0).sum()), int((gaps == 1).sum())
    en = f"the next interval begins on the day of the end {same:,} times, on the day after it {next_day:,} times"
    zh = f"后一区间始于前一区间终止日当日 {same:,} 次，始于次日 {next_day:,} 次"
    if same + next_day < LIMITS.whole("least_intervals"):
        return Reading(NAME, INCLUSIVE, "contract", en, zh)
    exclusive = same * 100 >= (same + next_day) * LIMITS.number("same_day_percent")
    return Reading(NAME, EXCLUSIVE if exclusive else INCLUSIVE, "data", en, zh)


def with_last_days(tables: Tables) -> Tables:
    """The data with the last day of each interval, where they name the first day after it."""
    day = nw.col("end_day") - 1
    enrolments = tables.enrolments.with_columns(
        end_day=day.cast(nw.Int32), end_date=nw.col("end_date").dt.offset_by("-1d")
    )
    return tables.replacing(enrolments=enrolments)
