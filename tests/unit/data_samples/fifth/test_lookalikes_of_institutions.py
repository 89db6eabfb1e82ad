"""The fifth author's look-alikes of care and institutions are lawful by what an auditor would look at."""

from __future__ import annotations

from typing import Any

import polars as pl

col = pl.col


def test_the_retired_are_paid_for_as_such_from_a_day_on(fifth: Any) -> None:
    rows = fifth.rows(fifth.lookalikes, "benefit_recalc_mismatch").sort("service_date")
    assert set(rows["person_category"]) == {"active", "retired"}
    retired = (col("person_category") == "retired").cast(pl.Int8)
    steps = rows.select("instance_id", step=retired.diff().over("instance_id"))
    assert (steps["step"].drop_nulls() >= 0).all()


def test_screening_is_done_by_many_doctors_and_once_for_each_person(fifth: Any) -> None:
    rows = fifth.rows(fifth.lookalikes, "capacity_anomaly")
    assert rows.select("instance_id", "person_id").is_unique().all()
    doctors = rows.group_by("instance_id").agg(col("prescriber_id").n_unique())
    assert (doctors["prescriber_id"] >= 8).all()


def test_subscriptions_come_every_four_weeks(fifth: Any) -> None:
    rows = fifth.rows(fifth.lookalikes, "fictitious_purchase").filter(col("care_type") == "pharmacy")
    assert rows.height > 0
    gap = col("service_date").diff().over("instance_id", "person_id").dt.total_days()
    gaps = rows.sort("service_date").select(gap=gap)["gap"].drop_nulls()
    assert (gaps % 28 == 0).all()
    assert set(rows["settled_at"].dt.hour()) == {6}


def test_a_courier_brings_what_was_prescribed_in_the_hospital(fifth: Any) -> None:
    rows = fifth.rows(fifth.lookalikes, "impossible_travel")
    visits = rows.filter(col("care_type") == "outpatient").select(
        "instance_id", "prescriber_id", "prescribed_at"
    )
    ordered = rows.filter(col("care_type") == "pharmacy")
    assert ordered.height > 0
    keys = ["instance_id", "prescriber_id", "prescribed_at"]
    assert ordered.join(visits, on=keys, how="semi").height == ordered.height


def test_polyps_take_a_night(fifth: Any) -> None:
    rows = fifth.rows(fifth.lookalikes, "hanging_bed_short_stay")
    nights = (rows["discharged_on"] - rows["admitted_on"]).dt.total_days()
    assert nights.median() == 1
    assert (rows.group_by("instance_id").agg(col("diagnosis_code").n_unique())["diagnosis_code"] == 1).all()


def test_who_learns_to_walk_begins_and_ends_in_different_weeks(fifth: Any) -> None:
    rows = fifth.rows(fifth.lookalikes, "co_visit_group").filter(col("care_type") == "outpatient")
    people = rows.group_by("instance_id", "person_id").agg(col("service_date").min())
    assert people.height > 0
    starts = people.group_by("instance_id").agg(col("service_date").n_unique())
    assert (starts["service_date"] > 1).all()


def test_accounts_pay_for_devices_and_consumables(fifth: Any) -> None:
    rows = fifth.rows(fifth.lookalikes, "prohibited_account_use")
    assert set(rows.join(fifth.charge_lines, on="settlement_id")["item_kind"]) <= {"device", "consumable"}


def test_therapy_had_begun_long_before_december(fifth: Any) -> None:
    rows = fifth.rows(fifth.lookalikes, "cap_rush")
    spans = rows.group_by("instance_id").agg(
        length=(col("service_date").max() - col("service_date").min()).dt.total_days()
    )
    assert (spans["length"] > 60).all()


def test_the_backlog_is_of_different_people_and_earlier_days(fifth: Any) -> None:
    rows = fifth.rows(fifth.lookalikes, "insider_operation")
    assert rows.select("instance_id", "person_id").is_unique().all()
    assert set(rows["channel"]) == {"manual"}
    assert (rows["service_date"] < rows["settled_at"].dt.date()).all()


def test_opinions_are_of_two_hospitals_and_days(fifth: Any) -> None:
    rows = fifth.rows(fifth.lookalikes, "duplicate_benefit")
    opinions = rows.group_by("instance_id").agg(
        col("service_date").n_unique(), col("total_amount").n_unique(), bills=pl.len()
    )
    assert (opinions["bills"] == 2).all()
    assert (opinions["service_date"] == 2).all()
    assert (opinions["total_amount"] == 2).all()


def test_boxes_of_several_shops_are_those_of_a_month(fifth: Any) -> None:
    lines = fifth.charge_lines.select("settlement_id", "item_code", "quantity")
    rows = fifth.rows(fifth.lookalikes, "cross_provider_same_drug").join(lines, on="settlement_id")
    boxes = rows.group_by("instance_id", "prescribed_at").agg(
        col("quantity").sum(), col("item_code").n_unique()
    )
    assert (boxes["item_code"] == 1).all()
    assert (boxes.group_by("instance_id").agg(col("quantity").n_unique())["quantity"] == 1).all()


def test_sugar_is_measured_twice_with_two_hours_between(fifth: Any) -> None:
    rows = fifth.rows(fifth.lookalikes, "duplicate_charge")
    pairs = rows.group_by("instance_id", "person_id").agg(
        bills=pl.len(), hours=(col("settled_at").max() - col("settled_at").min()).dt.total_minutes() / 60
    )
    assert (pairs["bills"] == 2).all()
    assert pairs["hours"].is_between(1.9, 2.4).all()


def test_the_spoiled_sample_is_undone_before_the_next(fifth: Any) -> None:
    rows = fifth.rows(fifth.lookalikes, "over_frequency_test")
    back = fifth.settlements.select(settlement_id="reverses_settlement_id", undone="settled_at").drop_nulls()
    both = rows.join(back, on="settlement_id", how="left")
    tests = both.group_by("instance_id", "person_id").agg(
        col("undone").max(), last=col("settled_at").max(), standing=col("undone").null_count()
    )
    assert (tests["standing"] == 1).all()
    assert (tests["undone"] < tests["last"]).all()


def test_rooms_of_a_morning_have_different_doctors(fifth: Any) -> None:
    rows = fifth.rows(fifth.lookalikes, "split_prescription")
    rooms = rows.group_by("instance_id", "person_id").agg(col("prescriber_id").n_unique(), bills=pl.len())
    assert (rooms["bills"] >= 2).all()
    assert (rooms["prescriber_id"] == rooms["bills"]).mean() > 0.6


def test_staff_buy_little(fifth: Any) -> None:
    rows = fifth.rows(fifth.lookalikes, "staff_self_dealing")
    assert rows["total_amount"].median() < 120
