"""``providers.pooled_outpatient_from`` where the source does not state it: the area's start of outpatient pooling.

An institution may have joined later, or not at all. Where the fund paid nothing and no deductible was recorded for
several visits before its first payment there, the institution counts from that payment; without any, it counts as not
taking part.
"""

from __future__ import annotations

from dataclasses import replace

import narwhals.stable.v2 as nw
import polars as pl

from features.calendar import day_number
from features.contract.vocabulary import EMPLOYEE, ORDINARY_CARE
from features.engine import collect
from features.policy import Policy
from features.readings.limits import LIMITS
from features.readings.reading import Reading
from features.tables import Tables

NAME, COLUMN, AREA_START = "pooled_outpatient_from", "column", "area_start"


def with_pooled_days(tables: Tables, policy: Policy, chosen: str | None) -> tuple[Tables, Reading | None]:
    """The data with the day of every institution, and how it was found; unchanged where the source states a day.

    Args:
        tables: the accepted tables.
        policy: the area's policy; without a start of outpatient pooling nothing is filled in.
        chosen: what the run was given: ``column`` fills nothing in.
    """
    began = policy.cut_over
    if _is_stated(tables) or began is None or not tables.has("providers"):
        return tables, None
    if chosen == COLUMN:
        en, zh = (
            "providers state no day; what needs it is not assessable",
            "机构表未载明日期，相关检测不作评估",
        )
        return tables, Reading(NAME, COLUMN, "option", en, zh)
    start = day_number(began)
    used = collect(_first_payments(tables, start))
    late = used.filter(pl.col("unpaid") >= LIMITS.whole("unpooled_visits"))
    days = (
        nw.when(nw.col("late").is_null())
        .then(nw.lit(start, dtype=nw.Int32()))
        .otherwise(nw.col("first_paid").cast(nw.Int32))
    )
    joined: nw.LazyFrame[pl.LazyFrame] = nw.from_native(
        late.lazy().select("provider_id", "first_paid", late=pl.lit(True))
    )
    providers = (
        tables.providers.join(joined, on="provider_id", how="left")
        .with_columns(pooled_outpatient_from_day=days)
        .with_columns(pooled_outpatient_from=nw.col("pooled_outpatient_from_day").cast(nw.Date))
        .drop("late", "first_paid")
    )
    columns = {**tables.columns, "providers": tables.columns["providers"] | {NAME}}
    filled = replace(tables.replacing(providers=providers), columns=columns)
    never = late["first_paid"].null_count()
    en = (
        f"providers state no day; counted from {began}, on which the area's pooled fund began to pay outpatient care; "
        f"from the first payment at {late.height - never:,} institutions that were not paid before, "
        f"not at all at {never:,} without any payment"
    )
    zh = (
        f"机构表未载明日期；按本地区门诊统筹启动日 {began} 起算；{late.height - never:,} 家机构此前多笔未支付，"
        f"自首笔支付起算；{never:,} 家从无支付，视为未纳入"
    )
    return filled, Reading(NAME, AREA_START, "policy" if chosen is None else "option", en, zh)


def _is_stated(tables: Tables) -> bool:
    """Whether the source states a day for any institution."""
    if not tables.has("providers", NAME):
        return False
    return bool(collect(tables.providers.select((~nw.col(NAME).is_null()).any()))[NAME].item())


def _first_payments(tables: Tables, start: int) -> nw.LazyFrame[pl.LazyFrame]:
    """By institution: the day of the first payment for ordinary care since a day, and the visits without one before."""
    visits = tables.settlements.filter(
        nw.col("scheme") == EMPLOYEE,
        nw.col("care_type").is_in(ORDINARY_CARE),
        nw.col("total_amount") > 0,
        (nw.col("in_scope_amount") > 0).fill_null(value=True),
        nw.col("service_day") >= start,
    ).select(
        "provider_id",
        "service_day",
        paid=(nw.col("pool_paid") != 0) | (nw.col("deductible_paid").fill_null(0) != 0),
    )
    first = visits.filter(nw.col("paid")).group_by("provider_id").agg(first_paid=nw.col("service_day").min())
    before = nw.col("first_paid").is_null() | (nw.col("service_day") < nw.col("first_paid"))
    return (
        visits.join(first, on="provider_id", how="left")
        .with_columns(unpaid=before.cast(nw.Int64))
        .group_by("provider_id", "first_paid")
        .agg(nw.col("unpaid").sum())
    )
