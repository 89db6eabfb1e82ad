"""What is particular to the fourth author's look-alikes, and makes them lawful."""

from __future__ import annotations

from typing import Any

import polars as pl

col = pl.col


def test_relatives_are_authorized_before_they_are_paid_for(fourth: Any) -> None:
    rows = fourth.rows(fourth.lookalikes, "family_authorization_violation")
    granted = fourth.family_authorizations.filter(col("verified")).select(
        "valid_from", "relation", mutual_aid_payer_id="payer_id", person_id="beneficiary_id"
    )
    paid = rows.filter(col("mutual_aid_paid") > 0)
    both = paid.join(granted, on=["mutual_aid_payer_id", "person_id"])
    assert both.height == paid.height > 20
    assert (both["valid_from"] < both["settled_at"]).all()
    assert set(both["relation"]) <= {"spouse", "parent", "child"}


def test_the_same_care_is_not_handed_in_twice(fourth: Any) -> None:
    rows = fourth.rows(fourth.lookalikes, "duplicate_benefit")
    assert {"online", "manual"} <= set(rows["channel"])
    assert rows.select("person_id", "service_date").is_unique().all()


def test_chronic_supplies_last_until_the_next(fourth: Any) -> None:
    lines = fourth.charge_lines.filter(col("line_no") == 1).select(
        "settlement_id", "item_code", "days_supply"
    )
    rows = fourth.rows(fourth.lookalikes, "professional_buyer").join(lines, on="settlement_id")
    pace = rows.group_by("instance_id", "item_code").agg(
        bought=(pl.len() - 1) * col("days_supply").first().cast(pl.Float64),
        passed=(col("service_date").max() - col("service_date").min()).dt.total_days(),
    )
    assert pace.height > 0
    assert pace.filter(col("bought") > 1.3 * col("passed") + 28).is_empty()


def test_long_prescriptions_are_not_renewed_before_they_end(fourth: Any) -> None:
    lines = fourth.charge_lines.filter(col("days_supply") == 84).select("settlement_id", "item_code")
    rows = fourth.rows(fourth.lookalikes, "oversupply").join(lines, on="settlement_id").sort("service_date")
    gap = (col("service_date") - col("service_date").shift(1)).over("instance_id", "person_id", "item_code")
    gaps = rows.select(gap.dt.total_days().alias("gap"))["gap"].drop_nulls()
    assert rows.height > 0
    assert (gaps.filter(gaps > 10) >= 80).all()


def test_dialysis_goes_on_three_times_a_week_but_for_a_hot_day(fourth: Any) -> None:
    rows = fourth.rows(fourth.lookalikes, "capacity_anomaly")
    weeks = rows.group_by("person_id", col("service_date").dt.truncate("1w")).len()
    assert (weeks["len"] > 3).sum() <= rows["person_id"].n_unique()


def test_credits_that_come_late_are_those_that_were_due(fourth: Any) -> None:
    named = fourth.lookalikes.filter(
        (col("typology") == "credit_rule_violation") & (col("entity_kind") == "payer_account")
    )
    mine = fourth.account_entries.filter(
        col("account_id").is_in(named["entity_id"].implode()) & (col("entry_kind") == "monthly_credit")
    )
    assert mine.select("account_id", "accrual_month").is_unique().all()
    late = mine.filter(col("posted_at").dt.strftime("%Y-%m") != col("accrual_month"))
    due = fourth.contributions.select(
        account_id="person_id", accrual_month="accrual_month", due="person_into_account"
    )
    both = late.join(due, on=["account_id", "accrual_month"])
    assert both.height == late.height > 0
    assert (both["amount"] >= both["due"]).all()


def test_the_factorys_employees_are_ill_after_they_were_hired(fourth: Any) -> None:
    rows = fourth.rows(fourth.lookalikes, "ineligible_settlement").filter(col("person_category") == "active")
    jobs = fourth.enrolments.select("person_id", "start_date")
    hired = (
        rows.join(jobs, on="person_id")
        .group_by("settlement_id")
        .agg(col("service_date").first(), col("start_date").max())
    )
    assert hired.height > 0
    assert (hired["service_date"] >= hired["start_date"]).all()


def test_what_accounts_buy_as_aids_is_allowed(fourth: Any) -> None:
    rows = fourth.rows(fourth.lookalikes, "prohibited_account_use")
    kinds = rows.join(fourth.charge_lines, on="settlement_id")["item_kind"]
    assert set(kinds) == {"device", "consumable"}
