"""The fourth author's scenes are what their modules say, in the written tables."""

from __future__ import annotations

from typing import Any

import polars as pl

col = pl.col


def subjects(fourth: Any, typology: str, kind: str) -> pl.DataFrame:
    named = fourth.planted.filter(
        (col("typology") == typology) & (col("role") == "subject") & (col("entity_kind") == kind)
    )
    assert named.height > 0
    rows: pl.DataFrame = named.select("instance_id", subject_id="entity_id")
    return rows


def sizes_by(rows: pl.DataFrame, *keys: str) -> pl.Series:
    return rows.group_by("instance_id", *keys).len()["len"]


def test_the_dead_are_billed_for_and_drained_after_their_death(fourth: Any) -> None:
    deaths = fourth.persons.select("person_id", "death_date").drop_nulls()
    residents = fourth.of_subjects("ineligible_settlement", "provider").join(deaths, on="person_id")
    assert residents.height > 0
    assert (residents["service_date"] > residents["death_date"]).all()
    estate = fourth.of_subjects("ineligible_settlement", "payer_account").join(
        deaths, left_on="subject_id", right_on="person_id"
    )
    assert (estate["service_date"] > estate["death_date"]).all()
    assert (estate["account_paid"] + estate["mutual_aid_paid"] == estate["total_amount"]).all()


def test_the_shell_employer_insures_its_patients_only(fourth: Any) -> None:
    staff = fourth.planted.filter(
        (col("typology") == "ineligible_settlement")
        & (col("role") == "member")
        & (col("entity_kind") == "person")
    ).join(subjects(fourth, "ineligible_settlement", "group"), on="instance_id")
    jobs = fourth.enrolments.join(staff, left_on="person_id", right_on="entity_id").drop_nulls("employer_id")
    assert jobs.height > 0
    assert (jobs.group_by("instance_id").agg(col("employer_id").n_unique())["employer_id"] == 1).all()
    shells = jobs["employer_id"].unique()
    others = fourth.enrolments.filter(col("employer_id").is_in(shells.implode()))
    assert set(others["person_id"]) == set(jobs["person_id"])
    rows = fourth.of_subjects("ineligible_settlement", "group").join(
        jobs.select("person_id", joined="start_date"), on="person_id"
    )
    assert ((rows["service_date"] - rows["joined"]).dt.total_days() > 0).all()


def test_bindings_that_are_sold_or_made_at_the_counter_join_no_family(fourth: Any) -> None:
    rows = fourth.rows(fourth.planted, "family_authorization_violation")
    granted = fourth.family_authorizations.select(
        "valid_from", "valid_to", mutual_aid_payer_id="payer_id", person_id="beneficiary_id"
    )
    bound = rows.join(granted, on=["mutual_aid_payer_id", "person_id"])
    inside = bound.filter(
        (col("valid_from") <= col("settled_at"))
        & (col("settled_at") <= col("valid_to").fill_null(col("settled_at")))
    )
    # Nothing is wrong on paper: only that the payer of strangers, or the stranger of payers, has so many.
    assert set(inside["settlement_id"]) == set(rows["settlement_id"])
    hubs = fourth.of_subjects("family_authorization_violation", "payer_account")
    assert (hubs["mutual_aid_payer_id"] == hubs["subject_id"]).all()
    assert (hubs.group_by("instance_id").agg(col("person_id").n_unique())["person_id"] >= 2).all()
    assistants = fourth.of_subjects("family_authorization_violation", "person")
    assert (assistants["person_id"] == assistants["subject_id"]).all()
    payers = assistants.group_by("instance_id").agg(col("mutual_aid_payer_id").n_unique())
    assert (payers["mutual_aid_payer_id"] >= 3).all()


def test_accounts_pay_for_what_is_cashed(fourth: Any) -> None:
    rows = fourth.of_subjects("account_cash_out", "provider")
    assert rows["instance_id"].n_unique() >= 3
    assert (rows["account_paid"] == rows["total_amount"]).all()
    assert (rows["provider_id"] == rows["subject_id"]).all()


def test_the_same_care_is_entered_again_by_hand(fourth: Any) -> None:
    again = fourth.of_subjects("duplicate_benefit", "person")
    assert set(again["channel"]) == {"manual"}
    keys = ["person_id", "service_date", "diagnosis_code"]
    first = fourth.settlements.filter(col("channel") == "online").select(*keys, amount="total_amount")
    both = again.join(first, on=keys)
    assert set(both["settlement_id"]) == set(again["settlement_id"])
    assert (again["settled_at"].dt.date() > again["service_date"]).any()


def test_boxes_are_scanned_twice_in_two_places(fourth: Any) -> None:
    rows = fourth.rows(fourth.planted, "duplicate_trace_code")
    scans = fourth.drug_trace_scans.filter(col("settlement_id").is_in(rows["settlement_id"].implode()))
    codes = scans.group_by("trace_code").agg(col("settlement_id").n_unique(), col("provider_id").n_unique())
    assert codes.height > 0
    assert (codes["settlement_id"] == 2).all()
    assert (codes["provider_id"] == 2).mean() > 0.9


def test_some_drugs_are_not_for_the_holder_of_the_card(fourth: Any) -> None:
    rows = fourth.of_subjects("impersonation", "person")
    limited = fourth.charge_lines.join(fourth.item_reference.drop_nulls("sex_only"), on="item_code")
    wrong = rows.join(limited, on="settlement_id").join(
        fourth.persons.select("person_id", "sex"), on="person_id"
    )
    assert set(wrong["instance_id"]) == set(rows["instance_id"])
    assert (wrong["sex"] != wrong["sex_only"]).all()


def test_prescriptions_of_empty_swipes_are_written_later_in_part(fourth: Any) -> None:
    rows = fourth.rows(fourth.planted, "fictitious_purchase").filter(col("care_type") == "pharmacy")
    behind = (rows["prescribed_at"] > rows["settled_at"]).mean()
    assert 0.1 < behind < 1


def test_the_infirmary_bills_for_residents_who_lie_elsewhere(fourth: Any) -> None:
    rows = fourth.rows(fourth.planted, "fictitious_purchase")
    stays = fourth.settlements.filter(col("care_type") == "inpatient").select(
        "person_id", first="admitted_on", last="discharged_on"
    )
    inside = rows.join(stays, on="person_id").filter(
        (col("service_date") > col("first")) & (col("service_date") < col("last"))
    )
    assert inside.height > 0


def test_sessions_that_were_never_given_are_more_than_three_a_week(fourth: Any) -> None:
    rows = fourth.rows(fourth.planted, "capacity_anomaly")
    assert set(rows["care_type"]) == {"special_outpatient"}
    every = fourth.settlements.filter(
        (col("care_type") == "special_outpatient") & col("person_id").is_in(rows["person_id"].implode())
    )
    weeks = every.group_by("person_id", col("service_date").dt.truncate("1w")).len()
    assert (weeks["len"] > 3).any()
    assert rows.height < every.height / 2


def test_stays_follow_each_other(fourth: Any) -> None:
    rows = fourth.rows(fourth.planted, "split_admission").sort("person_id", "admitted_on")
    gap = (col("admitted_on") - col("discharged_on").shift(1).over("person_id")).dt.total_days()
    gaps = rows.select(gap.alias("gap"))["gap"].drop_nulls()
    assert len(gaps) > 0
    assert gaps.is_between(0, 7).all()


def test_managers_have_a_share_of_the_employers_contribution(fourth: Any) -> None:
    managers = subjects(fourth, "credit_rule_violation", "payer_account")
    paid = fourth.contributions.filter(col("employer_into_account") > 0)
    assert set(managers["subject_id"]) >= set(paid["person_id"])
    assert paid.height > 0


def test_invoices_are_taken_back_for_the_most_part(fourth: Any) -> None:
    rows = fourth.rows(fourth.planted, "refund_resettle_loop")
    undone = rows["settlement_id"].is_in(fourth.settlements["reverses_settlement_id"].drop_nulls().implode())
    assert undone.mean() > 0.4


def test_wellness_is_paid_from_accounts(fourth: Any) -> None:
    rows = fourth.rows(fourth.planted, "prohibited_account_use")
    assert (rows["account_paid"] == rows["total_amount"]).all()
    kinds = rows.join(fourth.charge_lines, on="settlement_id")["item_kind"]
    assert "wellness" in set(kinds)
    assert set(kinds) <= {"wellness", "device"}


def test_parts_stay_below_a_line_of_their_own(fourth: Any) -> None:
    rows = fourth.rows(fourth.planted, "split_prescription")
    parts = sizes_by(rows, "person_id", "prescriber_id")
    assert (parts >= 2).all()
    assert rows["total_amount"].max() < 700


def test_the_clerk_enters_by_hand_for_the_same_people(fourth: Any) -> None:
    rows = fourth.rows(fourth.planted, "insider_operation")
    assert set(rows["channel"]) == {"manual"}
    desks = rows.group_by("instance_id").agg(
        col("operator_id").n_unique(), col("person_id").n_unique(), bills=pl.len()
    )
    assert (desks["operator_id"] == 1).all()
    assert (desks["bills"] > desks["person_id"]).any()
