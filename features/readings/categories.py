"""``person_category``: that of the day of the settlement, or the person's category today.

Where enrolments have a row for each category that a person had, settlements of the days before a change show it; and
then the category of the day is known. Where they have one row a person, contributions do: who paid them in a month was
at work. Then nobody's earlier category is known, and what would come out otherwise with another is not assessed.
"""

from __future__ import annotations

from dataclasses import replace

import narwhals.stable.v2 as nw
import polars as pl

from features import intervals
from features.contract.vocabulary import EMPLOYEE, EMPLOYEE_CATEGORIES, RETIRED
from features.engine import collect
from features.readings.limits import LIMITS
from features.readings.reading import Reading
from features.tables import Tables

NAME, SETTLEMENT, TODAY = "person_category", "settlement", "today"
OF_TODAY = frozenset({"settlements.person_category", "enrolments.person_category"})
"""Columns that say what a person is today, where nothing shows what the person was before."""
_NOTHING = ("nobody's category is known to have changed", "无类别变更可供判断")


def category_reading(tables: Tables) -> Reading:
    """What the data show; the contract's meaning where they show too little."""
    if not tables.has("enrolments", "person_category", "start_date"):
        return Reading(NAME, SETTLEMENT, "contract", *_NOTHING)
    for shown, en, zh in (
        (_by_enrolments(tables), "on days before a change of category", "类别变更之前"),
        (
            _by_contributions(tables),
            "in months of contributions, of people who retired after",
            "退休前的缴费月份",
        ),
    ):
        of_the_day, of_today = shown
        if of_the_day + of_today < LIMITS.whole("least_categories"):
            continue
        today = of_today * 100 >= (of_the_day + of_today) * LIMITS.number("today_percent")
        return Reading(
            NAME,
            TODAY if today else SETTLEMENT,
            "data",
            f"{en}, {of_the_day:,} settlements have the category of the day and {of_today:,} the later one",
            f"{zh}的结算中，{of_the_day:,} 笔为当日类别，{of_today:,} 笔为其后类别",
        )
    return Reading(NAME, SETTLEMENT, "contract", *_NOTHING)


def with_categories_of_the_day(tables: Tables) -> Tables:
    """The data with the category of the day, where enrolments have it; else marked as that of today.

    A settlement on a day without an enrolment keeps the category that it has.
    """
    if collect(_changed(tables)).is_empty():
        return replace(tables, of_today=tables.of_today | OF_TODAY)
    of_day = _of_the_day(tables).select("settlement_id", "of_day")
    category = nw.coalesce("of_day", "person_category")
    settlements = (
        tables.settlements.join(of_day, on="settlement_id", how="left")
        .with_columns(person_category=category)
        .drop("of_day")
    )
    return tables.replacing(settlements=settlements)


def _intervals(tables: Tables) -> nw.LazyFrame[pl.LazyFrame]:
    return tables.enrolments.filter(
        nw.col("scheme") == EMPLOYEE, nw.col("person_category").is_in(EMPLOYEE_CATEGORIES)
    ).select("person_id", "start_day", "end_day", of_day="person_category")


def _changed(tables: Tables) -> nw.LazyFrame[pl.LazyFrame]:
    """People with several categories, and the latest of them: person_id, latest."""
    rows = _intervals(tables)
    several = (
        rows.group_by("person_id")
        .agg(categories=nw.col("of_day").n_unique(), start_day=nw.col("start_day").max())
        .filter(nw.col("categories") > 1)
    )
    latest = rows.join(several, on=["person_id", "start_day"], how="inner")
    return latest.group_by("person_id").agg(latest=nw.col("of_day").min())


def _of_the_day(tables: Tables) -> nw.LazyFrame[pl.LazyFrame]:
    """Settlements of people with several categories: settlement_id, of_day (on record for the day), latest."""
    changed = _changed(tables)
    return (
        tables.settlements.filter(nw.col("scheme") == EMPLOYEE)
        .select("settlement_id", "person_id", "service_day", "person_category")
        .join(changed, on="person_id", how="inner")
        .join(_intervals(tables), on="person_id", how="inner")
        .filter(intervals.holds("start_day", "end_day", "service_day"))
        .group_by("settlement_id", "person_category", "latest")
        .agg(of_day=nw.col("of_day").min(), categories=nw.col("of_day").n_unique())
        .filter(nw.col("categories") == 1)
    )


def _by_enrolments(tables: Tables) -> tuple[int, int]:
    """Settlements with the category of the day, and with the latest one, where the two differ."""
    rows = _of_the_day(tables).filter(nw.col("of_day") != nw.col("latest"))
    stated = nw.col("person_category")
    return _counts(rows, stated == nw.col("of_day"), stated == nw.col("latest"))


def _by_contributions(tables: Tables) -> tuple[int, int]:
    """Settlements of people at work, by contributions, who retired later: stated as at work, and as retired."""
    if not tables.has("contributions", "accrual_month"):
        return 0, 0
    month = nw.col("accrual_month_index")
    paid = tables.contributions.filter(nw.col("contribution_base") > 0).select(
        "person_id", service_month=month
    )
    table_end = paid.select(end=nw.col("service_month").max())
    stopped = (
        paid.group_by("person_id")
        .agg(last=nw.col("service_month").max())
        .join(table_end, how="cross")
        .filter(nw.col("last") < nw.col("end"))
    )
    employees = tables.settlements.filter(nw.col("scheme") == EMPLOYEE)
    retired_after = (
        employees.select("person_id", "service_month", "person_category")
        .join(stopped, on="person_id", how="inner")
        .filter(nw.col("service_month") > nw.col("last"), nw.col("person_category") == RETIRED)
        .select("person_id")
        .unique()
    )
    rows = (
        employees.select("person_id", "service_month", "person_category")
        .join(retired_after, on="person_id", how="semi")
        .join(paid.unique(), on=["person_id", "service_month"], how="inner")
    )
    retired = nw.col("person_category") == RETIRED
    return _counts(rows, ~retired, retired)


def _counts(rows: nw.LazyFrame[pl.LazyFrame], first: nw.Expr, second: nw.Expr) -> tuple[int, int]:
    counted = collect(rows.select(first=first.cast(nw.Int64).sum(), second=second.cast(nw.Int64).sum()))
    of_the_day, of_today = counted.row(0)
    return int(of_the_day or 0), int(of_today or 0)
