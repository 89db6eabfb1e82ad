"""``enrolments.status``: what held during the interval, or what the relation is today.

Read as of the interval, a suspension follows an interval in force, and in it the pooled fund pays next to nothing. Read
as of today, an interval that has ended was in force until its last day, whatever its status is now: nothing in force
precedes it, and the fund paid as often as ever.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from features.contract.vocabulary import ACTIVE, INACTIVE_STATUSES
from features.engine import collect
from features.readings.limits import LIMITS
from features.readings.reading import Reading
from features.tables import Tables

NAME, INTERVAL, TODAY = "enrolment_status", "interval", "today"


def status_reading(tables: Tables) -> Reading:
    """What the data show; the contract's meaning where they show too little."""
    if not tables.has("enrolments", "status", "start_date", "end_date"):
        return Reading(NAME, INTERVAL, "contract", "no ended interval is recorded", "未记录终止日期")
    rows = collect(
        tables.enrolments.select("person_id", "scheme", "status", "start_day", "end_day").filter(
            ~nw.col("start_day").is_null()
        )
    ).with_row_index("row")
    ended = rows.filter(
        pl.col("status").is_in(INACTIVE_STATUSES),
        pl.col("end_day") >= pl.col("start_day"),
    )
    if ended.height < LIMITS.whole("least_intervals"):
        return Reading(
            NAME,
            INTERVAL,
            "contract",
            f"ended and inactive: {ended.height}",
            f"已终止且非有效：{ended.height} 条",
        )
    alone = ended.height - _preceded(ended, rows)
    paid, usual = _payments(ended, tables), _usual(rows, ended, tables)
    few_before = alone * 100 >= ended.height * (100 - LIMITS.number("preceded_percent"))
    as_usual = paid >= LIMITS.whole("least_payments") and paid * 100 >= usual * LIMITS.number("paid_percent")
    en = (
        f"{ended.height:,} ended intervals with an inactive status: {alone:,} follow no interval in force, "
        f"{paid:,} pooled payments inside them where {usual:,.0f} are usual"
    )
    zh = (
        f"已终止且状态非有效的区间 {ended.height:,} 个：其中 {alone:,} 个之前无有效区间，"
        f"区间内统筹支付 {paid:,} 笔，通常为 {usual:,.0f} 笔"
    )
    return Reading(NAME, TODAY if few_before and as_usual else INTERVAL, "data", en, zh)


def with_status_of_the_interval(tables: Tables) -> Tables:
    """The data with intervals that have ended as in force: their status is that of today."""
    over = ~nw.col("end_day").is_null() & nw.col("status").is_in(list(INACTIVE_STATUSES))
    status = nw.when(over).then(nw.lit(ACTIVE)).otherwise(nw.col("status"))
    return tables.replacing(enrolments=tables.enrolments.with_columns(status=status))


def _preceded(ended: pl.DataFrame, rows: pl.DataFrame) -> int:
    """How many intervals follow one in force of the same person."""
    before = rows.filter(pl.col("status") == ACTIVE).select("person_id", before="end_day")
    gap = pl.col("start_day") - pl.col("before")
    following = ended.join(before, on="person_id").filter(gap.is_between(0, LIMITS.whole("preceded_days")))
    return following["row"].n_unique()


def _payments(intervals: pl.DataFrame, tables: Tables) -> int:
    """Pooled payments for people on days of their intervals."""
    return _within(intervals, tables).height


def _within(intervals: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    people = nw.from_native(intervals.lazy()).select("person_id").unique()
    paid = collect(
        tables.settlements.filter(nw.col("pool_paid") > 0)
        .join(people, on="person_id", how="semi")
        .select("settlement_id", "person_id", "service_day")
    )
    inside = paid.join(intervals.select("person_id", "start_day", "end_day"), on="person_id").filter(
        pl.col("service_day") >= pl.col("start_day"),
        pl.col("end_day").is_null() | (pl.col("service_day") <= pl.col("end_day")),
    )
    return inside.unique("settlement_id")


def _usual(rows: pl.DataFrame, ended: pl.DataFrame, tables: Tables) -> float:
    """Pooled payments that as many days of intervals in force have."""
    span = tables.settlements.select(first=nw.col("service_day").min(), last=nw.col("service_day").max())
    first, last = collect(span).row(0)
    in_force = rows.filter(pl.col("status") == ACTIVE)
    days = _days(in_force, first, last)
    return _payments(in_force, tables) * _days(ended, first, last) / days if days else 0.0


def _days(intervals: pl.DataFrame, first: int, last: int) -> int:
    begun = pl.max_horizontal("start_day", pl.lit(first))
    ended = pl.min_horizontal(pl.col("end_day").fill_null(last), pl.lit(last))
    return int(intervals.select((ended - begun + 1).clip(lower_bound=0).sum()).item() or 0)
