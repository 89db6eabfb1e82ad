"""The third author's look-alikes are lawful by slow, obvious checks."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

col = pl.col
FOREVER = dt.date.max


@pytest.fixture(scope="module")
def rows(third: Any) -> pl.DataFrame:
    """The settlements of all twins, with typology and instance; reversals left out."""
    joined: pl.DataFrame = third.rows(third.lookalikes)
    assert joined.height > 1_000
    return joined


def test_customers_go_on_at_the_new_number(third: Any, rows: pl.DataFrame) -> None:
    ended = third.provider_status.filter(col("status") == "terminated")["provider_id"]
    moved = rows.filter(
        (col("typology") == "ineligible_settlement") & col("provider_id").is_in(ended.implode())
    )
    assert moved.height > 0
    both = rows.filter(col("instance_id").is_in(moved["instance_id"].implode()))
    assert (both.group_by("instance_id").agg(col("provider_id").n_unique())["provider_id"] == 2).all()


def test_supplies_of_those_who_look_far_last_as_long_as_they_are_for(third: Any) -> None:
    lines = third.charge_lines.filter(col("line_no") == 1).select("settlement_id", "item_code", "days_supply")
    for typology in ("oversupply", "cross_provider_same_drug"):
        mine = third.rows(third.lookalikes, typology).join(lines, on="settlement_id").sort("service_date")
        pace = mine.group_by("instance_id", "item_code").agg(
            supplied=col("days_supply").head(pl.len() - 1).sum().cast(pl.Float64),
            passed=(col("service_date").last() - col("service_date").first()).dt.total_days(),
        )
        assert pace.height > 0
        assert pace.filter(col("supplied") > 1.1 * col("passed")).is_empty()


def test_back_pay_is_credited_once_for_each_month(third: Any) -> None:
    named = third.lookalikes.filter(
        (col("typology") == "credit_rule_violation") & (col("entity_kind") == "person")
    )
    mine = third.account_entries.filter(
        col("account_id").is_in(named["entity_id"].implode()) & (col("entry_kind") == "monthly_credit")
    )
    assert mine.height > 5
    assert mine.select("account_id", "accrual_month").is_unique().all()
    assert mine.filter(col("posted_at").dt.strftime("%Y-%m") != col("accrual_month")).height > 0
