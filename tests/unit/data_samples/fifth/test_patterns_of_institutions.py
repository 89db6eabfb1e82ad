"""The fifth author's scenes of institutions and the agency are what their modules say, in the written tables."""

from __future__ import annotations

from typing import Any

import polars as pl

col = pl.col


def test_cards_of_a_bag_follow_each_other(fifth: Any) -> None:
    rows = fifth.of_subjects("card_concentration", "provider")
    bags = rows.group_by("instance_id", "service_date").agg(col("operator_id").n_unique(), pl.len())
    assert (bags["operator_id"] == 1).all()
    assert bags.height >= 2
    assert rows.select("instance_id", "service_date", "person_id").is_unique().all()


def test_prescriptions_of_one_doctor_are_filled_at_the_shop(fifth: Any) -> None:
    rows = fifth.of_subjects("doctor_pharmacy_concentration", "provider")
    assert (rows.group_by("instance_id").agg(col("prescriber_id").n_unique())["prescriber_id"] == 1).all()
    assert (rows["provider_id"] == rows["subject_id"]).all()
    assert (rows["prescribed_at"] < rows["settled_at"]).all()
    assert (rows["pool_paid"] > 0).any()


def test_pieces_of_a_stay_have_the_same_diagnosis(fifth: Any) -> None:
    rows = fifth.rows(fifth.planted, "split_admission").sort("person_id", "admitted_on")
    gap = (col("admitted_on") - col("discharged_on").shift(1).over("person_id")).dt.total_days()
    gaps = rows.select(gap.alias("gap"))["gap"].drop_nulls()
    assert len(gaps) > 0
    assert (gaps >= 0).all()
    assert gaps.median() < 4
    diagnoses = rows.group_by("person_id").agg(col("diagnosis_code").n_unique())
    assert (diagnoses["diagnosis_code"] == 1).all()


def test_bills_are_taken_back_at_the_end_of_the_shift(fifth: Any) -> None:
    rows = fifth.rows(fifth.planted, "refund_resettle_loop")
    back = fifth.settlements.select(settlement_id="reverses_settlement_id", undone="settled_at").drop_nulls()
    undone = rows.join(back, on="settlement_id")
    assert undone.height > 0.5 * rows.height
    assert (undone["undone"].dt.hour() >= 15).all()
    assert (undone["undone"].dt.date() == undone["settled_at"].dt.date()).all()


def test_codes_of_the_drawer_are_scanned_again_in_the_same_shop(fifth: Any) -> None:
    rows = fifth.rows(fifth.planted, "duplicate_trace_code")
    scans = fifth.drug_trace_scans.join(rows.select("settlement_id", "instance_id"), on="settlement_id")
    codes = scans.group_by("instance_id", "trace_code").agg(
        col("settlement_id").n_unique(), col("provider_id").n_unique(), col("item_code").n_unique()
    )
    assert codes.height > 1
    assert (codes["settlement_id"] >= 2).all()
    assert (codes["provider_id"] == 1).all()
    assert (codes["item_code"] == 1).all()


def test_what_is_billed_instead_is_a_few_items_that_are_hardly_sold_otherwise(fifth: Any) -> None:
    lines = fifth.charge_lines.filter(col("line_no") == 1).select("settlement_id", "item_code")
    rows = fifth.of_subjects("substitution", "provider").join(lines, on="settlement_id")
    pairs = rows.select("instance_id", "provider_id", "item_code").unique()
    assert (pairs.group_by("instance_id").len()["len"] <= 4).all()
    others = fifth.settlements.join(rows, on="settlement_id", how="anti").join(lines, on="settlement_id")
    same = others.join(pairs, on=["provider_id", "item_code"], how="semi")
    assert same.height < 0.5 * rows.height


def test_patients_had_died_or_the_agreement_was_suspended(fifth: Any) -> None:
    rows = fifth.of_subjects("ineligible_settlement", "provider")
    deaths = fifth.persons.select("person_id", "death_date").drop_nulls()
    dead = rows.join(deaths, on="person_id").filter(col("service_date") > col("death_date"))
    away = fifth.provider_status.filter(col("status") != "active").select("provider_id", "from", "to")
    closed = rows.join(away, on="provider_id").filter(
        (col("service_date") >= col("from"))
        & (col("service_date") <= col("to").fill_null(col("service_date")))
    )
    assert dead.height > 0
    assert closed.height > 0
    assert {*dead["settlement_id"], *closed["settlement_id"]} == set(rows["settlement_id"])
    assert (dead["account_paid"] == dead["total_amount"]).all()


def test_ghosts_had_been_at_the_clinic_before(fifth: Any) -> None:
    rows = fifth.of_subjects("fictitious_purchase", "provider").filter(col("care_type") == "outpatient")
    others = fifth.settlements.join(rows, on="settlement_id", how="anti").select("person_id", "provider_id")
    known = rows.join(others.unique(), on=["person_id", "provider_id"], how="semi")
    assert known.height == rows.height > 0


def test_the_program_buys_one_item_with_codes(fifth: Any) -> None:
    lines = fifth.charge_lines.filter(col("line_no") == 1).select("settlement_id", "item_code")
    rows = fifth.rows(fifth.planted, "fictitious_purchase").join(lines, on="settlement_id")
    swiped = rows.filter(col("care_type") == "pharmacy")
    assert swiped.height > 0
    assert set(swiped["credential_type"]) == {"e_credential"}
    assert (swiped.group_by("instance_id").agg(col("item_code").n_unique())["item_code"] == 1).all()
    assert (swiped["account_paid"] == swiped["total_amount"]).all()


def test_the_doctor_has_full_days(fifth: Any) -> None:
    rows = fifth.of_subjects("capacity_anomaly", "provider")
    days = rows.group_by("instance_id", "service_date").agg(col("prescriber_id").n_unique(), pl.len())
    assert (days["prescriber_id"] == 1).all()
    assert days["len"].max() > 12


def test_guests_of_the_small_hospital_shop_during_their_stays(fifth: Any) -> None:
    rows = fifth.rows(fifth.planted, "hanging_bed_short_stay")
    stays = rows.filter(col("care_type") == "inpatient")
    nights = (stays["discharged_on"] - stays["admitted_on"]).dt.total_days()
    assert nights.max() <= 8
    bought = rows.filter(col("care_type") == "pharmacy").join(
        stays.select("person_id", first="admitted_on", last="discharged_on"), on="person_id"
    )
    assert ((bought["service_date"] > bought["first"]) & (bought["service_date"] < bought["last"])).all()


def test_the_clerk_enters_what_a_stranger_paid_in_cash(fifth: Any) -> None:
    lines = fifth.charge_lines.filter(col("line_no") == 1).select("settlement_id", "item_code")
    rows = fifth.of_subjects("insider_operation", "provider").join(lines, on="settlement_id")
    assert (rows.group_by("instance_id").agg(col("operator_id").n_unique())["operator_id"] == 1).all()
    assert "manual" in set(rows["channel"])
    keys = ["provider_id", "service_date", "item_code", "total_amount", "prescriber_id"]
    cash = fifth.settlements.join(lines, on="settlement_id").filter(
        (col("account_paid") == 0) & (col("mutual_aid_paid") == 0)
    )
    assert rows.join(cash, on=keys, how="semi").height == rows.height


def test_staff_buy_in_the_last_evenings_of_months(fifth: Any) -> None:
    rows = fifth.of_subjects("staff_self_dealing", "provider")
    jobs = fifth.enrolments.join(rows, on="person_id", how="semi").drop_nulls("employer_id")
    assert jobs["employer_id"].n_unique() <= rows["instance_id"].n_unique()
    left = (rows["service_date"].dt.month_end() - rows["service_date"]).dt.total_days()
    assert left.median() < 6
    assert rows["settled_at"].dt.hour().median() >= 17


def test_the_panel_is_billed_again_in_the_same_sum(fifth: Any) -> None:
    rows = fifth.of_subjects("duplicate_charge", "provider")
    keys = ["person_id", "provider_id", "service_date", "total_amount", "prescriber_id"]
    others = fifth.settlements.join(rows, on="settlement_id", how="anti").filter(
        col("reverses_settlement_id").is_null()
    )
    both = rows.join(others.select(*keys, earlier="settled_at"), on=keys)
    before = both.filter(col("earlier") < col("settled_at"))
    assert set(before["settlement_id"]) == set(rows["settlement_id"])


def test_tests_come_before_they_may(fifth: Any) -> None:
    rows = fifth.rows(fifth.planted, "over_frequency_test").sort("service_date")
    gap = col("service_date").diff().over("instance_id", "person_id").dt.total_days()
    gaps = rows.select(gap=gap)["gap"].drop_nulls()
    assert len(gaps) > 0
    assert (gaps < 90).mean() > 0.8


def test_parts_of_a_morning_follow_each_other(fifth: Any) -> None:
    rows = fifth.of_subjects("split_prescription", "provider")
    mornings = rows.group_by("instance_id", "person_id", "service_date").len()
    assert (mornings["len"] >= 2).all()


def test_prices_are_wrong_for_a_part_of_the_bills(fifth: Any) -> None:
    rows = fifth.rows(fifth.planted, "benefit_recalc_mismatch")
    places = fifth.planted.filter(
        (col("typology") == "benefit_recalc_mismatch") & (col("entity_kind") == "provider")
    )
    assert set(places["role"]) == {"member"}
    assert set(rows["provider_id"]) == set(places["entity_id"])
    assert (rows["in_scope_amount"] == rows["total_amount"]).all()
