"""Enrolments with open ends that were extracted before the claims end: everybody seems insured to the end.

Null: rows begin at the rate of the last year on record, so that a pause has a known chance (`arrivals.is_late`; where
rows begin on the first of months, the least month of that year is the rate); and people whose claims no interval covers
begin as often after the last row as before it. Innocent rivals are a quiet month and a closed group of people, after
which nobody's cover is missing, and violations, which are spread over time. Only both together are an extract that is
behind: who joined later then has no row, and who came back has ended.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import narwhals.stable.v2 as nw
import polars as pl

from detection.links.arrivals import is_late
from detection.links.gaps import Span
from detection.links.keys import KeyNames
from detection.links.limits import LIMITS
from detection.links.link import Break, Part
from features.calendar import (
    MONTHS_PER_YEAR,
    date_of,
    last_date,
    month_index,
    month_of_day,
    month_text,
)
from features.contract.vocabulary import INACTIVE_STATUSES
from features.engine import collect
from features.registry import Frame
from features.tables import Tables


@dataclass(frozen=True)
class Extract:
    """When enrolments were extracted, by the data.

    Attributes:
        last: day of the last row (days since 1970-01-01).
        monthly: rows that began per month of the year before it.
        lacking, of: people with an uncovered claim, of whom the first is after the last row; and all of them.
    """

    last: int
    monthly: int
    lacking: int
    of: int


def extract_behind(tables: Tables, insured: Frame, span: Span) -> Extract | None:
    """The extract, where it was made before the claims end; None where nothing shows it.

    Args:
        tables: with ``enrolments.start_date``.
        insured: claims for which somebody has to be insured: ``key``, ``day``; one row of each.
        span: of the claims.
    """
    rows = collect(tables.enrolments.select("start_day", "end_day")).filter(pl.col("start_day") <= span.last)
    starts = rows["start_day"].sort()
    days = starts.unique().sort()
    if days.len() < LIMITS.whole("late_least_days"):
        return None
    last = int(days[-1])
    by_month = _rows_by_month(starts, last)
    of_claims = days.filter(days >= span.first)
    late = is_late(days, last, span) or (
        of_claims.len() >= LIMITS.whole("late_least_days") and is_late(of_claims, last, span)
    )
    if not (late or _lacks_months(by_month, last, span)) or _is_closed(rows, last, span):
        return None
    first_uncovered = _first_uncovered(tables, insured)
    after, of = int((first_uncovered > last).sum()), first_uncovered.len()
    if not _piles_up(after, of, last, span):
        return None
    return Extract(last, round(sum(by_month) / MONTHS_PER_YEAR), after, of)


def open_ends(extract: Extract, names: KeyNames) -> Break:
    """The break of all rows after the extract."""
    day = date_of(extract.last)
    month = month_text(month_index(day))
    return Break(
        f"{names.link} extract {extract.last}",
        (
            f"enrolments end around {month}: no row begins after {day}, while {extract.monthly:,} began per month "
            f"before; {extract.lacking:,} of {extract.of:,} people with claims that no row covers have the first "
            "of them after it ({n} rows lie after it): the table was extracted before the claims end",
            f"参保登记表止于 {month} 前后：{day} 之后无新增记录，此前每月约 {extract.monthly:,} 条；"
            f"{extract.of:,} 名有结算而无参保记录覆盖的人中，{extract.lacking:,} 人首次出现在其后"
            "（其后有 {n} 行）：该表导出时间早于结算数据的截止时间",
        ),
        Part(names.role, None, extract.last + 1, None),
    )


def _rows_by_month(starts: pl.Series, last: int) -> list[int]:
    """Rows that began in each of the twelve months before the month of the last."""
    end = month_index(date_of(last))
    months = collect(
        nw.from_native(starts.to_frame("start").lazy()).select(month=month_of_day(nw.col("start")))
    )
    counts = dict(months["month"].value_counts().iter_rows())
    return [counts.get(month, 0) for month in range(end - MONTHS_PER_YEAR, end)]


def _lacks_months(by_month: list[int], last: int, span: Span) -> bool:
    """Whether whole months of the claims are without a row that their least month would have had."""
    until = month_index(date_of(span.last))
    if date_of(span.last) < last_date(until):
        until -= 1
    months = until - month_index(date_of(last))
    return months > 0 and math.exp(-min(by_month) * months) < LIMITS.number("late_chance")


def _is_closed(rows: pl.DataFrame, last: int, span: Span) -> bool:
    """Whether the rows end with the table, which `gaps.mass_gaps` finds."""
    ended = rows.filter(pl.col("end_day").is_null() | (pl.col("end_day") >= last))
    n, of = int((ended["end_day"] < span.last).sum()), ended.height
    return n * 100 >= of * LIMITS.number("all_percent")


def _first_uncovered(tables: Tables, insured: Frame) -> pl.Series:
    """Day of the first claim of each person that no interval in force covers."""
    status = nw.col("status")
    far = nw.lit(2**30)
    intervals = tables.enrolments.filter(
        ~status.is_in(list(INACTIVE_STATUSES)).fill_null(False), ~nw.col("start_day").is_null()
    ).select("start_day", key="person_id", until=nw.coalesce("end_day", far))
    begun = (nw.col("start_day") <= nw.col("day")) & (nw.col("day") <= nw.col("until"))
    covered = insured.join(intervals, on="key", how="inner").filter(begun).select("key", "day").unique()
    lacking = (
        insured.join(covered, on=["key", "day"], how="anti").group_by("key").agg(day=nw.col("day").min())
    )
    return collect(lacking)["day"]


def _piles_up(after: int, of: int, last: int, span: Span) -> bool:
    """Whether so many of the uncovered begin after the last row that time alone is no reason."""
    share = (span.last - last) / max(span.last - span.first + 1, 1)
    enough = after >= LIMITS.whole("late_least_keys") and after >= (of - after) * share * LIMITS.number(
        "late_times"
    )
    if not enough:
        return False
    if share >= 1:
        return True
    tail = sum(math.comb(of, n) * share**n * (1 - share) ** (of - n) for n in range(after, of + 1))
    return tail < LIMITS.number("late_pile_chance")
