"""What is particular to the seventh author's look-alikes, and makes them lawful."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

col = pl.col


def first_lines(seventh: Any, typology: str) -> Any:
    """Settlements of a typology's look-alikes with their first line."""
    lines = seventh.charge_lines.filter(col("line_no") == 1).select(
        "settlement_id", "item_code", "item_kind", "quantity", "unit_price", "days_supply"
    )
    rows = seventh.rows(seventh.lookalikes, typology).join(lines, on="settlement_id")
    assert rows.height > 0
    return rows


def stays_of(rows: Any) -> Any:
    """Stays in order of the person, with the days since the last one and its place."""
    stays = rows.filter(col("care_type") == "inpatient").sort("person_id", "admitted_on")
    return stays.with_columns(
        gap=(col("admitted_on") - col("discharged_on").shift(1).over("person_id")).dt.total_days(),
        before=col("provider_id").shift(1).over("person_id"),
    )


@pytest.mark.parametrize("typology", ["oversupply", "high_risk_drug_watch", "cross_provider_same_drug"])
def test_what_is_bought_lasts_until_the_next_time(seventh: Any, typology: str) -> None:
    rows = first_lines(seventh, typology)
    pace = rows.group_by("instance_id", "person_id", "item_code").agg(
        bought=col("days_supply").sum().cast(pl.Float64),
        last=col("days_supply").sort_by("settled_at").last().cast(pl.Float64),
        passed=(col("service_date").max() - col("service_date").min()).dt.total_days(),
    )
    assert (pace["bought"] - pace["last"] <= pace["passed"] * 1.2 + 30).all()


def test_a_drug_of_three_specialists_has_one_place(seventh: Any) -> None:
    rows = first_lines(seventh, "professional_buyer")
    each = rows.group_by("instance_id", "item_code").agg(
        col("provider_id").n_unique(), col("prescriber_id").drop_nulls().n_unique()
    )
    assert (each["provider_id"] <= 2).all()
    assert rows["instance_id"].n_unique() >= 1


def test_contexts_are_registered_where_there_are_such(seventh: Any) -> None:
    kinds = set(seventh.registered_contexts["kind"])
    assert {
        "dialysis",
        "nursing_home",
        "agent_purchase",
        "employer_checkup",
        "long_prescription",
        "event",
    } <= kinds


def test_newborns_are_treated_within_a_month_of_the_birth(seventh: Any) -> None:
    rows = seventh.rows(seventh.lookalikes, "age_incompatible_item").join(seventh.persons, on="person_id")
    assert set(rows["sex"]) == {"female"}
    births = seventh.settlements.filter(col("care_type") == "inpatient").select(
        "person_id", "admitted_on", born="discharged_on"
    )
    both = rows.drop("admitted_on").join(births, on="person_id")
    days = (both["service_date"] - both["admitted_on"]).dt.total_days()
    assert set(both.filter((days > 0) & (days <= 30))["settlement_id"]) == set(rows["settlement_id"])


def test_the_man_has_one_doctor_and_a_program(seventh: Any) -> None:
    rows = first_lines(seventh, "sex_incompatible_item")
    assert set(rows["care_type"]) == {"special_outpatient"}
    assert rows["programme_code"].null_count() == 0
    for column in ("provider_id", "item_code", "total_amount"):
        assert (rows.group_by("person_id").agg(col(column).n_unique())[column] == 1).all()


def test_care_of_the_old_year_is_settled_in_the_new(seventh: Any) -> None:
    rows = seventh.rows(seventh.lookalikes, "benefit_recalc_mismatch")
    assert (rows["settled_at"].dt.year() == rows["service_date"].dt.year() + 1).all()


def test_credits_in_parts_add_up_to_what_is_due(seventh: Any) -> None:
    named = seventh.lookalikes.filter(
        (col("typology") == "credit_rule_violation") & (col("role") == "subject")
    ).select(account_id="entity_id")
    mine = seventh.account_entries.filter(col("entry_kind") == "monthly_credit").join(named, on="account_id")
    sums = mine.group_by("account_id", "accrual_month").agg(col("amount").sum(), pl.len())
    due = seventh.contributions.select("accrual_month", "person_into_account", account_id="person_id")
    both = sums.join(due, on=["account_id", "accrual_month"])
    assert (both["len"] == 2).any()
    assert (both["amount"] == both["person_into_account"]).all()


def test_what_moved_away_comes_back(seventh: Any) -> None:
    named = seventh.lookalikes.filter((col("typology") == "ledger_break") & (col("role") == "subject"))
    moves = seventh.account_entries.filter(
        col("entry_kind").is_in(["transfer_out", "transfer_in"])
        & col("account_id").is_in(named["entity_id"].implode())
    )
    sums = moves.group_by("account_id").agg(col("amount").sum(), pl.len())
    assert sums.height == named.height > 0
    assert (sums["amount"] == 0).all()
    assert (sums["len"] == 2).all()


def test_the_village_doctor_saw_each_patient_before(seventh: Any) -> None:
    rows = seventh.rows(seventh.lookalikes, "doctor_pharmacy_concentration")
    visits = seventh.settlements.filter(col("care_type") == "outpatient").select(
        "person_id", "service_date", "prescriber_id", "diagnosis_code", seen="settled_at"
    )
    both = rows.join(visits, on=["person_id", "service_date", "prescriber_id", "diagnosis_code"])
    assert set(both.filter(col("seen") < col("settled_at"))["settlement_id"]) == set(rows["settlement_id"])


def test_each_eye_has_a_night_of_its_own(seventh: Any) -> None:
    stays = stays_of(seventh.rows(seventh.lookalikes, "hanging_bed_short_stay"))
    assert ((stays["discharged_on"] - stays["admitted_on"]).dt.total_days() == 1).all()
    assert stays.group_by("person_id").len()["len"].max() <= 2
    assert stays["gap"].drop_nulls().len() == 0 or stays["gap"].drop_nulls().min() >= 15


def test_a_transfer_goes_to_another_hospital_on_the_same_day(seventh: Any) -> None:
    stays = stays_of(seventh.rows(seventh.lookalikes, "split_admission")).drop_nulls("gap")
    assert stays.height > 0
    assert (stays["gap"] == 0).all()


def test_emergency_and_drugs_lie_on_the_first_and_the_last_day(seventh: Any) -> None:
    rows = seventh.rows(seventh.lookalikes, "inpatient_outpatient_overlap")
    stays = rows.filter(col("care_type") == "inpatient").select(
        "person_id", first="admitted_on", last="discharged_on"
    )
    both = rows.filter(col("care_type") != "inpatient").join(stays, on="person_id")
    assert both.height == 2 * stays.height > 0
    at_an_end = (col("service_date") == col("first")) | (col("service_date") == col("last"))
    assert both.filter(~at_an_end).is_empty()


def test_tests_keep_their_interval(seventh: Any) -> None:
    rows = seventh.rows(seventh.lookalikes, "over_frequency_test").sort("service_date")
    gap = rows.select(gap=col("service_date").diff().over("instance_id", "person_id").dt.total_days())["gap"]
    assert len(gap.drop_nulls()) > 0
    assert (gap.drop_nulls() > 90).all()


def test_hours_lie_between_two_inhalations(seventh: Any) -> None:
    rows = seventh.rows(seventh.lookalikes, "duplicate_charge")
    days = rows.group_by("instance_id", "person_id", "service_date").agg(
        pl.len(), hours=(col("settled_at").max() - col("settled_at").min()).dt.total_hours()
    )
    assert (days["len"] == 2).all()
    assert days["hours"].min() >= 6


def test_a_brand_costs_the_same_for_everybody(seventh: Any) -> None:
    rows = first_lines(seventh, "over_price")
    prices = rows.group_by("instance_id", "item_code").agg(col("unit_price").n_unique())
    assert (prices["unit_price"] == 1).all()


def test_departments_of_a_day_have_different_doctors(seventh: Any) -> None:
    rows = seventh.rows(seventh.lookalikes, "split_prescription")
    days = rows.group_by("instance_id", "person_id", "service_date").agg(
        pl.len(), col("prescriber_id").n_unique(), col("diagnosis_code").n_unique()
    )
    assert (days["prescriber_id"] == days["len"]).all()
    assert (days["diagnosis_code"] == days["len"]).all()


def test_devices_and_consumables_are_no_wellness(seventh: Any) -> None:
    rows = first_lines(seventh, "prohibited_account_use")
    assert set(rows["item_kind"]) == {"device", "consumable"}


def test_paper_after_an_undone_bill_is_paid_once(seventh: Any) -> None:
    rows = seventh.rows(seventh.lookalikes, "duplicate_benefit")
    undone = seventh.settlements["reverses_settlement_id"].drop_nulls().implode()
    standing = rows.filter(~col("settlement_id").is_in(undone))
    assert set(standing["channel"]) == {"manual"}
    assert 2 * standing.height == rows.height
    assert standing.select("person_id", "service_date").is_unique().all()


def test_influenza_is_a_registered_week_with_several_desks(seventh: Any) -> None:
    rows = seventh.rows(seventh.lookalikes, "capacity_anomaly")
    events = seventh.registered_contexts.filter(col("kind") == "event").select("provider_id", "from", "to")
    both = rows.join(events, on="provider_id").filter(
        (col("service_date") >= col("from")) & (col("service_date") <= col("to"))
    )
    assert set(both["settlement_id"]) == set(rows["settlement_id"])
    assert rows["operator_id"].n_unique() >= 2


def test_the_lost_card_is_not_used_again(seventh: Any) -> None:
    rows = seventh.rows(seventh.lookalikes, "impersonation")
    last = rows.group_by("instance_id").agg(
        card=col("settled_at").filter(col("credential_type") == "social_card").max(),
        phone=col("settled_at").filter(col("credential_type") == "e_credential").min(),
    )
    assert last.filter(col("card") > col("phone")).is_empty()


def test_papers_of_the_festival_are_of_many_people(seventh: Any) -> None:
    rows = seventh.rows(seventh.lookalikes, "insider_operation")
    assert set(rows["channel"]) == {"manual"}
    people = rows.group_by("instance_id").agg(col("person_id").n_unique(), pl.len())
    assert (people["person_id"] > 0.4 * people["len"]).all()
    assert set(rows["settled_at"].dt.hour()) <= set(range(9, 17))
