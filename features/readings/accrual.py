"""``accrual_month``: the month that a contribution or a credit is for, or the month after it, in which it was booked.

Exports that state a day often state that of the booking. A person's first and last months show it: with the months that
they are for, they are those in which the person's enrolment (of credits: the contributions) began and ended.
"""

from __future__ import annotations

from dataclasses import dataclass

import narwhals.stable.v2 as nw
import polars as pl

from features.calendar import MONTHS_PER_YEAR
from features.contract.vocabulary import ACTIVE, EMPLOYEE
from features.engine import collect
from features.readings.limits import LIMITS
from features.readings.reading import Reading
from features.tables import Tables

CONTRIBUTIONS, CREDITS = "contribution_accrual_month", "credit_accrual_month"
FOR, AFTER = "for", "after"
_NOTHING = ("no beginning or end of anybody's months can be compared", "无可比对的起止月份")
_Edges = pl.DataFrame
"""First and last month of people: ``key``, ``first``, ``last`` (null where it is not inside the table's months)."""


@dataclass(frozen=True)
class _Shift:
    """How many edges agree, and how many come one month late."""

    same: int
    late: int

    @property
    def is_late(self) -> bool:
        """Whether nearly all come a month late."""
        compared = self.same + self.late
        return compared >= LIMITS.whole("least_edges") and self.late * 100 >= compared * LIMITS.number(
            "late_percent"
        )


def contributions_reading(tables: Tables) -> Reading:
    """What beginnings and ends of enrolments show of contributions."""
    if not tables.has("contributions", "accrual_month") or not tables.has(
        "enrolments", "start_date", "end_date"
    ):
        return Reading(CONTRIBUTIONS, FOR, "contract", *_NOTHING)
    return _reading(CONTRIBUTIONS, _contributed(tables), _enrolled(tables), "enrolments", "参保")


def credits_reading(tables: Tables) -> Reading:
    """What the months of contributions show of credits."""
    if not tables.has("account_entries", "accrual_month") or not tables.has("contributions", "accrual_month"):
        return Reading(CREDITS, FOR, "contract", *_NOTHING)
    credited = tables.account_entries.filter(
        nw.col("entry_kind") == "monthly_credit", nw.col("amount") > 0
    ).select(key="account_id", month="accrual_month_index")
    return _reading(CREDITS, _edges(collect(credited)), _contributed(tables), "contributions", "缴费")


def with_months_before(tables: Tables, table: str) -> Tables:
    """The data with each accrual month of a table a month earlier; the text stays as the source has it."""
    index = (nw.col("accrual_month_index") - 1).cast(nw.Int32)
    return tables.replacing(**{table: tables.frame(table).with_columns(accrual_month_index=index)})


def _reading(name: str, own: _Edges, other: _Edges, what: str, what_zh: str) -> Reading:
    paired = own.join(other, on="key", suffix="_other")
    first, last = _shift(paired, "first"), _shift(paired, "last")
    if not (first.same + first.late + last.same + last.late):
        return Reading(name, FOR, "contract", *_NOTHING)
    en = (
        f"with the beginning of {what} in the same month {first.same:,} times, a month later {first.late:,} times; "
        f"with their end in the same month {last.same:,} times, a month later {last.late:,} times"
    )
    zh = (
        f"与{what_zh}起始同月 {first.same:,} 次，晚一个月 {first.late:,} 次；"
        f"与其终止同月 {last.same:,} 次，晚一个月 {last.late:,} 次"
    )
    return Reading(name, AFTER if first.is_late and last.is_late else FOR, "data", en, zh)


def _shift(paired: pl.DataFrame, edge: str) -> _Shift:
    late = paired[edge] - paired[f"{edge}_other"]
    return _Shift(int((late == 0).sum()), int((late == 1).sum()))


def _contributed(tables: Tables) -> _Edges:
    paid = tables.contributions.filter(nw.col("contribution_base") > 0)
    return _edges(collect(paid.select(key="person_id", month="accrual_month_index")))


def _edges(months: pl.DataFrame) -> _Edges:
    """First and last month of each person, without those of the table's own first and last months."""
    known = months.drop_nulls()
    edges = known.group_by("key").agg(first=pl.col("month").min(), last=pl.col("month").max())
    begin, end = pl.lit(known["month"].min()), pl.lit(known["month"].max())
    return edges.with_columns(
        first=pl.when(pl.col("first") - 1 > begin).then("first"),
        last=pl.when(pl.col("last") < end).then("last"),
    )


def _enrolled(tables: Tables) -> _Edges:
    """Months in which people's active enrolment with the scheme of employees began and ended for good."""
    rows = collect(
        tables.enrolments.filter(
            nw.col("scheme") == EMPLOYEE, nw.col("status") == ACTIVE, nw.col("person_category") == ACTIVE
        ).select("start_date", "end_date", key="person_id")
    )
    open_end = pl.col("end_date").is_null().any()
    month = {
        name: pl.col(name).dt.year().cast(pl.Int32) * MONTHS_PER_YEAR + pl.col(name).dt.month() - 1
        for name in ("start_date", "end_date")
    }
    return rows.group_by("key").agg(
        first=month["start_date"].min(), last=pl.when(~open_end).then(month["end_date"].max())
    )
