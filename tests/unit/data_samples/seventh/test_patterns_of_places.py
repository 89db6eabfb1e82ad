"""The seventh author's scenes of institutions are what their modules say, in the written tables."""

from __future__ import annotations

from typing import Any

import polars as pl

col = pl.col


def first_line(seventh: Any, rows: Any) -> Any:
    """Settlements with their first charge line."""
    lines = seventh.charge_lines.filter(col("line_no") == 1).drop("amount", "in_scope_amount", "line_no")
    joined = rows.join(lines, on="settlement_id")
    assert joined.height == rows.height > 0
    return joined


def one_each(rows: Any, column: str) -> bool:
    """Whether every instance has one value of the column."""
    return bool((rows.group_by("instance_id").agg(col(column).n_unique())[column] == 1).all())


def test_days_of_a_target_are_full_within_a_few_hours(seventh: Any) -> None:
    rows = seventh.of_subjects("capacity_anomaly", "provider").sort("settled_at")
    assert one_each(rows, "operator_id")
    days = rows.group_by("instance_id", "service_date").len()["len"]
    assert days.min() >= 18
    gap = col("settled_at").diff().over("instance_id", "service_date").dt.total_seconds()
    assert rows.select(gap=gap)["gap"].drop_nulls().median() < 120
    assert set(rows["settled_at"].dt.hour()) <= {12, 13, 14, 15, 16, 20, 21, 22, 23}


def test_a_part_of_the_cards_is_run_through_in_quiet_hours(seventh: Any) -> None:
    rows = seventh.of_subjects("card_concentration", "provider")
    assert one_each(rows, "operator_id")
    again = rows.group_by("instance_id", "person_id").len()["len"]
    assert again.max() > 1
    days = rows.group_by("instance_id", "service_date").agg(col("person_id").n_unique(), pl.len())
    assert (days["person_id"] == days["len"]).all()
    assert rows["settled_at"].dt.hour().min() >= 13


def test_employees_are_billed_under_a_program_that_has_ended(seventh: Any) -> None:
    rows = seventh.of_subjects("closed_policy_use", "provider")
    assert set(rows["scheme"]) == {"employee"}
    assert set(rows["care_type"]) == {"chronic_outpatient"}
    assert set(rows["programme_code"]) <= {"M001", "M002", "M003"}


def test_the_fund_pays_a_few_fixed_sums_too_much(seventh: Any) -> None:
    rows = seventh.of_subjects("benefit_recalc_mismatch", "provider")
    assert one_each(rows, "operator_id")
    assert (rows["pool_paid"] > 0).all()


def test_bills_come_late_and_with_gaps(seventh: Any) -> None:
    rows = seventh.of_subjects("data_transmission_defect", "provider")
    assert rows["diagnosis_code"].null_count() > 0
    assert rows["credential_type"].null_count() > 0
    waits = (rows["settled_at"].dt.date() - rows["service_date"]).dt.total_days()
    assert waits.min() >= 0
    assert waits.max() > 7


def test_one_doctor_writes_for_one_shop_also_after_the_sale(seventh: Any) -> None:
    rows = seventh.of_subjects("doctor_pharmacy_concentration", "provider")
    assert one_each(rows, "prescriber_id")
    late = (rows["prescribed_at"] > rows["settled_at"]).mean()
    assert 0 < late < 0.6


def test_the_same_item_is_entered_again_within_minutes(seventh: Any) -> None:
    rows = first_line(seventh, seventh.of_subjects("duplicate_charge", "provider"))
    lines = seventh.charge_lines.filter(col("line_no") == 1).select("settlement_id", "item_code")
    first = seventh.settlements.join(rows, on="settlement_id", how="anti").join(lines, on="settlement_id")
    keys = ["person_id", "provider_id", "service_date", "item_code", "total_amount"]
    both = rows.join(first.select(*keys, earlier="settled_at"), on=keys).with_columns(
        wait=(col("settled_at") - col("earlier")).dt.total_minutes()
    )
    assert set(both.filter(col("wait").is_between(0, 25))["settlement_id"]) == set(rows["settlement_id"])


def test_one_box_is_sold_to_several(seventh: Any) -> None:
    rows = seventh.of_subjects("duplicate_trace_code", "provider")
    scans = seventh.drug_trace_scans.join(rows, on="settlement_id")
    codes = scans.group_by("trace_code").agg(pl.len(), col("provider_id").n_unique())
    assert codes["len"].min() >= 2
    assert (codes["provider_id"] == 1).all()
    assert set(scans["settlement_id"]) == set(rows["settlement_id"])


def test_boxes_of_pharmacies_are_sold_again_at_the_station(seventh: Any) -> None:
    rows = seventh.of_subjects("trace_code_origin_conflict", "provider")
    scans = seventh.drug_trace_scans.join(
        rows.select("settlement_id", "instance_id", "subject_id"), on="settlement_id"
    ).sort("scanned_at")
    twice = (
        scans.group_by("instance_id", "trace_code", maintain_order=True)
        .agg(pl.len(), col("provider_id").last(), col("subject_id").last())
        .filter(col("len") == 2)
    )
    assert twice.height > 0
    assert (twice["provider_id"] == twice["subject_id"]).all()


def test_names_are_entered_in_the_evening_by_one_operator(seventh: Any) -> None:
    rows = seventh.of_subjects("fictitious_purchase", "provider")
    assert one_each(rows, "operator_id")
    assert rows["settled_at"].dt.hour().min() >= 18
    earlier = seventh.settlements.join(rows, on="settlement_id", how="anti")
    known = rows.join(earlier, on=["person_id", "provider_id"], how="semi")
    assert known.height > 0.5 * rows.height


def test_beds_are_cheap_and_short(seventh: Any) -> None:
    rows = seventh.of_subjects("hanging_bed_short_stay", "provider")
    nights = (rows["discharged_on"] - rows["admitted_on"]).dt.total_days()
    assert 2 <= nights.min() <= nights.max() <= 5
    assert rows["total_amount"].max() < 3_000
    others = seventh.settlements.join(rows, on="settlement_id", how="anti").filter(
        col("care_type") == "inpatient"
    )
    assert rows["total_amount"].max() < others["total_amount"].cast(pl.Float64).median()


def test_listed_drugs_go_to_guests_of_one_clinic(seventh: Any) -> None:
    rows = first_line(seventh, seventh.of_subjects("high_risk_drug_watch", "provider"))
    assert rows.join(seventh.item_reference.filter(col("watch_list")), on="item_code").height == rows.height
    assert (rows.group_by("instance_id").agg(col("item_code").n_unique())["item_code"] <= 2).all()


def test_scans_of_patients_in_bed_are_outpatient_bills(seventh: Any) -> None:
    rows = seventh.of_subjects("inpatient_outpatient_overlap", "provider")
    stays = seventh.settlements.filter(col("care_type") == "inpatient").select(
        "person_id", "provider_id", first="admitted_on", last="discharged_on"
    )
    both = rows.join(stays, on=["person_id", "provider_id"]).filter(
        (col("service_date") > col("first")) & (col("service_date") < col("last"))
    )
    assert set(both["settlement_id"]) == set(rows["settlement_id"])


def test_papers_are_entered_at_lunch(seventh: Any) -> None:
    rows = seventh.of_subjects("insider_operation", "provider")
    assert set(rows["channel"]) == {"manual"}
    assert set(rows["settled_at"].dt.hour()) <= {12, 13}
    assert one_each(rows, "operator_id")


def test_prices_are_above_those_of_the_neighbors(seventh: Any) -> None:
    rows = first_line(seventh, seventh.of_subjects("over_price", "provider"))
    price = col("unit_price").cast(pl.Float64).median()
    mine = rows.group_by("instance_id", "item_code").agg(price.alias("price"))
    lines = seventh.charge_lines.filter(col("line_no") == 1).select(
        "settlement_id", "item_code", "unit_price"
    )
    single = seventh.charge_lines.group_by("settlement_id").len().filter(col("len") == 1)
    others = lines.join(single, on="settlement_id").join(rows, on="settlement_id", how="anti")
    usual = others.group_by("item_code").agg(
        col("unit_price").cast(pl.Float64).quantile(0.5).alias("usual"), pl.len()
    )
    both = mine.join(usual.filter(col("len") >= 8), on="item_code")
    assert both.height > 1
    assert both["price"].max() > 1.05 * both["usual"].min()


def test_boxes_exceed_what_can_be_used(seventh: Any) -> None:
    rows = first_line(seventh, seventh.of_subjects("oversupply", "provider"))
    assert rows["quantity"].min() >= 4
    takers = rows.group_by("instance_id", "person_id").agg(
        days=7 * col("quantity").sum().cast(pl.Float64),
        passed=(col("service_date").max() - col("service_date").min()).dt.total_days() + 60,
    )
    assert (takers["days"] > takers["passed"]).mean() > 0.4


def test_wellness_goods_are_paid_from_accounts(seventh: Any) -> None:
    rows = first_line(seventh, seventh.of_subjects("prohibited_account_use", "provider"))
    assert set(rows["item_kind"]) == {"wellness"}
    assert (rows["account_paid"] == rows["total_amount"]).all()


def test_refunds_follow_within_a_quarter_of_an_hour(seventh: Any) -> None:
    rows = seventh.of_subjects("refund_resettle_loop", "provider")
    back = seventh.settlements.select(
        settlement_id="reverses_settlement_id", undone="settled_at"
    ).drop_nulls()
    undone = rows.join(back, on="settlement_id")
    wait = (undone["undone"] - undone["settled_at"]).dt.total_minutes()
    assert 3 <= wait.min() <= wait.max() <= 17
    assert undone.height > 0.4 * rows.height


def test_pieces_of_a_stay_follow_within_days(seventh: Any) -> None:
    rows = seventh.of_subjects("split_admission", "provider").sort("person_id", "admitted_on")
    gap = (col("admitted_on") - col("discharged_on").shift(1).over("person_id")).dt.total_days()
    pauses = rows.select(gap=gap)["gap"].drop_nulls()
    assert len(pauses) > 0
    assert 1 <= pauses.min() <= pauses.max() <= 5
    assert (rows.group_by("person_id").agg(col("diagnosis_code").n_unique())["diagnosis_code"] == 1).all()


def test_slips_of_a_day_stay_below_a_limit(seventh: Any) -> None:
    rows = seventh.of_subjects("split_prescription", "provider")
    assert one_each(rows, "prescriber_id")
    days = rows.group_by("instance_id", "person_id", "service_date").len()["len"]
    assert 2 <= days.min() <= days.max() <= 5
    top = rows.group_by("instance_id").agg(
        near=(col("total_amount") > 0.8 * col("total_amount").max().cast(pl.Float64)).mean()
    )
    assert top["near"].min() > 0.4


def test_a_few_covers_stand_for_what_was_sold(seventh: Any) -> None:
    rows = first_line(seventh, seventh.of_subjects("substitution", "provider"))
    assert (rows.group_by("instance_id").agg(col("item_code").n_unique())["item_code"] <= 4).all()
    assert rows["quantity"].min() >= 3
    assert one_each(rows, "operator_id")
