"""What is particular to the sixth author's look-alikes, and makes them lawful."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

col = pl.col


def first_lines(sixth: Any, typology: str) -> pl.DataFrame:
    """Settlements of a typology's look-alikes with their first line."""
    lines = sixth.charge_lines.filter(col("line_no") == 1).select(
        "settlement_id", "item_code", "item_kind", "quantity", "unit_price", "days_supply"
    )
    rows: pl.DataFrame = sixth.rows(sixth.lookalikes, typology).join(lines, on="settlement_id")
    assert rows.height > 0
    return rows


def gaps_of(rows: pl.DataFrame, *keys: str) -> pl.Series:
    """Days between two visits of the same."""
    every = rows.sort("service_date").select(gap=col("service_date").diff().over(keys).dt.total_days())
    return every["gap"].drop_nulls()


@pytest.mark.parametrize(
    "typology", ["oversupply", "high_risk_drug_watch", "cross_provider_same_drug", "professional_buyer"]
)
def test_no_supply_is_renewed_long_before_its_end(sixth: Any, typology: str) -> None:
    rows = first_lines(sixth, typology)
    pace = rows.group_by("instance_id", "person_id", "item_code").agg(
        bought=(pl.len() - 1) * col("days_supply").first().cast(pl.Float64),
        passed=(col("service_date").max() - col("service_date").min()).dt.total_days(),
    )
    assert pace.filter(col("bought") > col("passed") * 1.05).is_empty()


def test_contexts_are_registered_where_there_are_such(sixth: Any) -> None:
    kinds = set(sixth.registered_contexts["kind"])
    assert {
        "dialysis",
        "nursing_home",
        "agent_purchase",
        "employer_checkup",
        "long_prescription",
        "event",
    } <= kinds
    members = sixth.lookalikes.filter((col("typology") == "oversupply") & (col("entity_kind") == "person"))
    long = sixth.registered_contexts.filter(col("kind") == "long_prescription")
    assert set(members["entity_id"]) <= set(long["person_id"])


def test_credits_in_arrears_are_those_that_were_due(sixth: Any) -> None:
    named = sixth.lookalikes.filter(
        (col("typology") == "credit_rule_violation") & (col("entity_kind") == "payer_account")
    ).select(account_id="entity_id")
    mine = sixth.account_entries.filter(col("entry_kind") == "monthly_credit").join(named, on="account_id")
    assert mine.select("account_id", "accrual_month").is_unique().all()
    late = mine.filter(col("posted_at").dt.strftime("%Y-%m") != col("accrual_month"))
    due = sixth.contributions.select("accrual_month", "person_into_account", account_id="person_id")
    both = late.join(due, on=["account_id", "accrual_month"])
    assert both.height == late.height > 0
    assert (both["amount"] == both["person_into_account"]).all()


def test_what_was_debited_by_mistake_comes_back(sixth: Any) -> None:
    named = sixth.lookalikes.filter((col("typology") == "ledger_break") & (col("role") == "subject"))
    entries = sixth.account_entries.filter(col("entry_kind") == "adjustment")
    sums = (
        entries.filter(col("account_id").is_in(named["entity_id"].implode()))
        .group_by("account_id")
        .agg(col("amount").sum(), pl.len())
    )
    assert sums.height == named.height > 0
    assert (sums["amount"] == 0).all()
    assert (sums["len"] == 2).all()


def test_a_second_bill_follows_a_visit_at_the_neighboring_clinic(sixth: Any) -> None:
    rows = sixth.rows(sixth.lookalikes, "doctor_pharmacy_concentration")
    visits = sixth.settlements.filter(col("care_type") == "outpatient").select(
        "person_id", "service_date", "prescriber_id", seen="settled_at"
    )
    both = rows.join(visits, on=["person_id", "service_date", "prescriber_id"]).filter(
        col("seen") < col("settled_at")
    )
    assert set(both["settlement_id"]) == set(rows["settlement_id"])


def test_cycles_of_chemotherapy_are_weeks_apart(sixth: Any) -> None:
    rows = sixth.rows(sixth.lookalikes, "split_admission").sort("person_id", "admitted_on")
    gap = (col("admitted_on") - col("discharged_on").shift(1).over("person_id")).dt.total_days()
    gaps = rows.select(gap=gap)["gap"].drop_nulls()
    assert len(gaps) > 0
    assert gaps.min() >= 15


def test_a_night_of_the_sleep_laboratory_is_for_one_patient_once(sixth: Any) -> None:
    rows = sixth.rows(sixth.lookalikes, "hanging_bed_short_stay")
    assert rows["person_id"].is_unique().all()
    assert ((rows["discharged_on"] - rows["admitted_on"]).dt.total_days() == 1).all()


def test_tests_are_a_quarter_apart(sixth: Any) -> None:
    gaps = gaps_of(sixth.rows(sixth.lookalikes, "over_frequency_test"), "instance_id", "person_id")
    assert len(gaps) > 0
    assert (gaps > 90).all()


def test_children_are_within_the_limit_of_age(sixth: Any) -> None:
    rows = first_lines(sixth, "age_incompatible_item")
    rows = rows.join(sixth.persons, on="person_id").join(sixth.item_reference, on="item_code")
    years = (rows["service_date"] - rows["birth_date"]).dt.total_days() // 365
    assert (years <= rows["age_max"]).all()


def test_two_sessions_of_a_day_have_hours_between_them(sixth: Any) -> None:
    rows = sixth.rows(sixth.lookalikes, "duplicate_charge").sort("settled_at")
    days = rows.group_by("instance_id", "person_id", "service_date").agg(
        pl.len(), hours=(col("settled_at").max() - col("settled_at").min()).dt.total_hours()
    )
    assert (days["len"] == 2).all()
    assert days["hours"].min() >= 3


def test_the_price_of_a_day_is_the_same_for_everybody(sixth: Any) -> None:
    rows = first_lines(sixth, "over_price")
    prices = rows.group_by("instance_id", "item_code", "service_date").agg(col("unit_price").n_unique())
    assert (prices["unit_price"] == 1).all()
    changes = rows.group_by("instance_id", "item_code").agg(col("unit_price").n_unique())
    assert changes["unit_price"].max() == 2


def test_rooms_of_a_day_have_different_doctors(sixth: Any) -> None:
    rows = sixth.rows(sixth.lookalikes, "split_prescription")
    days = rows.group_by("instance_id", "person_id", "service_date").agg(
        col("prescriber_id").n_unique(), pl.len()
    )
    assert (days["prescriber_id"] == days["len"]).all()


def test_corrections_lower_the_bill(sixth: Any) -> None:
    rows = sixth.rows(sixth.lookalikes, "refund_resettle_loop").sort("settled_at")
    pairs = rows.group_by("instance_id", "person_id", maintain_order=True).agg(
        first=col("total_amount").first(), last=col("total_amount").last()
    )
    assert (pairs["first"] == 10 * pairs["last"]).all()


def test_accounts_pay_for_devices_and_what_they_use_up(sixth: Any) -> None:
    assert set(first_lines(sixth, "prohibited_account_use")["item_kind"]) <= {"device", "consumable"}


def test_residents_stay_in_their_programs(sixth: Any) -> None:
    rows = sixth.rows(sixth.lookalikes, "closed_policy_use")
    assert set(rows["scheme"]) == {"resident"}
    registered = sixth.programme_registrations.select("person_id", "programme_code", "to")
    both = rows.join(registered, on=["person_id", "programme_code"])
    assert both.height == rows.height
    assert both["to"].null_count() == both.height


def test_dressings_of_a_wound_have_a_day_each(sixth: Any) -> None:
    rows = sixth.rows(sixth.lookalikes, "duplicate_benefit")
    assert rows.select("instance_id", "person_id", "service_date").is_unique().all()
    assert "manual" in set(rows["channel"])


def test_the_way_to_the_other_town_takes_no_less_than_the_hours_between(sixth: Any) -> None:
    rows = sixth.rows(sixth.lookalikes, "impossible_travel").sort("settled_at")
    days = rows.group_by("instance_id", "service_date").agg(
        hours=(col("settled_at").max() - col("settled_at").min()).dt.total_hours()
    )
    assert days["hours"].min() >= 6


def test_late_bills_are_complete(sixth: Any) -> None:
    rows = sixth.rows(sixth.lookalikes, "data_transmission_defect")
    assert rows["prescriber_id"].null_count() == 0
    assert rows["diagnosis_code"].null_count() == 0
    assert (rows["service_date"].max() - rows["service_date"].min()).days < 400


def test_paper_bills_are_entered_in_office_hours_for_many(sixth: Any) -> None:
    rows = sixth.rows(sixth.lookalikes, "insider_operation")
    assert (rows["settled_at"].dt.hour() < 18).mean() > 0.8
    people = rows.group_by("instance_id").agg(col("person_id").n_unique(), pl.len())
    assert (people["person_id"] > 0.4 * people["len"]).all()


def test_strips_of_a_pack_are_scanned_as_such(sixth: Any) -> None:
    rows = sixth.rows(sixth.lookalikes, "duplicate_trace_code")
    scans = sixth.drug_trace_scans.join(rows, on="settlement_id", how="semi")
    assert scans.height == rows.height > 0
    assert scans["split_pack"].all()
