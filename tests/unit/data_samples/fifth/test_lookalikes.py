"""What is particular to the fifth author's look-alikes, and makes them lawful."""

from __future__ import annotations

from typing import Any

import polars as pl

col = pl.col


def first_lines(fifth: Any, typology: str) -> pl.DataFrame:
    """Settlements of a typology's look-alikes with their first line."""
    lines = fifth.charge_lines.filter(col("line_no") == 1).select(
        "settlement_id", "item_code", "item_kind", "quantity", "days_supply"
    )
    rows: pl.DataFrame = fifth.rows(fifth.lookalikes, typology).join(lines, on="settlement_id")
    assert rows.height > 0
    return rows


def test_children_are_bound_before_they_use_the_account(fifth: Any) -> None:
    rows = fifth.rows(fifth.lookalikes, "family_authorization_violation")
    granted = fifth.family_authorizations.filter(col("verified")).select(
        "valid_from", "relation", mutual_aid_payer_id="payer_id", person_id="beneficiary_id"
    )
    paid = rows.filter(col("mutual_aid_paid") > 0)
    both = paid.join(granted, on=["mutual_aid_payer_id", "person_id"])
    assert both.height == paid.height > 0
    assert (both["valid_from"] < both["settled_at"]).all()


def test_drugs_of_the_transplanted_last_until_the_next(fifth: Any) -> None:
    rows = first_lines(fifth, "professional_buyer")
    pace = rows.group_by("instance_id", "item_code").agg(
        bought=(pl.len() - 1) * col("days_supply").first().cast(pl.Float64),
        passed=(col("service_date").max() - col("service_date").min()).dt.total_days(),
    )
    assert pace.filter(col("bought") > 1.25 * col("passed") + 14).is_empty()


def test_patients_of_the_only_shop_come_about_every_four_weeks(fifth: Any) -> None:
    rows = fifth.rows(fifth.lookalikes, "doctor_pharmacy_concentration").sort("settled_at")
    assert (rows["prescribed_at"] < rows["settled_at"]).all()
    gaps = rows.select(gap=col("service_date").diff().over("instance_id", "person_id").dt.total_days())["gap"]
    assert gaps.drop_nulls().median() > 20


def test_second_operations_come_after_days_at_home(fifth: Any) -> None:
    rows = fifth.rows(fifth.lookalikes, "split_admission").sort("person_id", "admitted_on")
    gap = (col("admitted_on") - col("discharged_on").shift(1).over("person_id")).dt.total_days()
    gaps = rows.select(gap.alias("gap"))["gap"].drop_nulls()
    assert len(gaps) > 0
    assert (gaps >= 5).all()


def test_the_new_bill_is_lower_by_the_voucher(fifth: Any) -> None:
    rows = fifth.rows(fifth.lookalikes, "refund_resettle_loop").sort("settled_at")
    pairs = rows.group_by("instance_id", "person_id", maintain_order=True).agg(
        first=col("total_amount").first(), last=col("total_amount").last(), bills=pl.len()
    )
    assert (pairs["bills"] == 2).all()
    assert (pairs["last"] < pairs["first"]).all()


def test_credits_in_arrears_are_those_that_were_due(fifth: Any) -> None:
    named = fifth.lookalikes.filter(
        (col("typology") == "credit_rule_violation") & (col("entity_kind") == "payer_account")
    ).select(account_id="entity_id")
    mine = fifth.account_entries.filter(col("entry_kind") == "monthly_credit").join(named, on="account_id")
    assert mine.select("account_id", "accrual_month").is_unique().all()
    late = mine.filter(col("posted_at").dt.strftime("%Y-%m") != col("accrual_month"))
    due = fifth.contributions.select("accrual_month", "person_into_account", account_id="person_id")
    both = late.join(due, on=["account_id", "accrual_month"])
    assert both.height == late.height > 0
    assert (both["amount"] == both["person_into_account"]).all()


def test_savings_buy_a_device(fifth: Any) -> None:
    assert set(first_lines(fifth, "account_cash_out")["item_kind"]) == {"device"}


def test_each_scan_of_a_blister_says_so(fifth: Any) -> None:
    rows = fifth.rows(fifth.lookalikes, "duplicate_trace_code")
    scans = fifth.drug_trace_scans.join(rows.select("settlement_id"), on="settlement_id")
    assert scans.height == rows.height > 0
    assert scans["split_pack"].all()


def test_crowds_are_registered_and_have_their_own_medicine(fifth: Any) -> None:
    rows = first_lines(fifth, "card_concentration")
    contexts = fifth.registered_contexts.filter(col("kind").is_in(["clinic_day", "event"]))
    inside = rows.join(contexts.select("kind", "provider_id", "from", "to"), on="provider_id").filter(
        (col("service_date") >= col("from")) & (col("service_date") <= col("to"))
    )
    assert set(inside["settlement_id"]) == set(rows["settlement_id"])
    contract_days = inside.filter(col("kind") == "clinic_day")
    own = contract_days.group_by("instance_id", "person_id").agg(col("item_code").n_unique())
    assert own.height > 0
    assert (own["item_code"] == 1).all()
