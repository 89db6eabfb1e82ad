"""The sixth author's scenes of institutions and the agency are what their modules say, in the written tables."""

from __future__ import annotations

from typing import Any

import polars as pl

col = pl.col


def with_line(sixth: Any, rows: pl.DataFrame) -> pl.DataFrame:
    """Settlements with their first charge line."""
    lines = sixth.charge_lines.filter(col("line_no") == 1).drop("amount", "in_scope_amount", "line_no")
    joined: pl.DataFrame = rows.join(lines, on="settlement_id")
    assert joined.height == rows.height > 0
    return joined


def test_the_clinic_enters_two_bills_for_each_name(sixth: Any) -> None:
    rows = sixth.of_subjects("fictitious_purchase", "provider")
    days = rows.group_by("instance_id", "person_id", "service_date").len()
    assert (days["len"] % 2 == 0).all()
    gaps = rows.select("instance_id", "person_id", "service_date").unique().sort("service_date")
    gap = gaps.select(gap=col("service_date").diff().over("instance_id", "person_id").dt.total_days())["gap"]
    assert 4 < gap.drop_nulls().median() < 40


def test_parties_are_three_or_more(sixth: Any) -> None:
    rows = sixth.rows(sixth.planted, "co_visit_group")
    trips = rows.group_by("instance_id", "service_date").agg(
        col("person_id").n_unique(), col("provider_id").n_unique(), pl.len()
    )
    assert (trips["person_id"] >= 3).all()
    assert (trips["provider_id"] == 1).all()


def test_staff_of_an_employer_are_the_most_frequent_patients(sixth: Any) -> None:
    rows = sixth.of_subjects("staff_self_dealing", "provider")
    jobs = sixth.enrolments.join(rows, on="person_id", how="semi").drop_nulls("employer_id")
    assert jobs["employer_id"].n_unique() <= rows["instance_id"].n_unique()
    visits = rows.group_by("instance_id", "person_id").len()["len"]
    assert visits.max() > 6


def test_all_swipes_but_the_last_of_a_card_are_undone(sixth: Any) -> None:
    rows = sixth.rows(sixth.planted, "refund_resettle_loop")
    back = sixth.settlements.select(settlement_id="reverses_settlement_id", undone="settled_at").drop_nulls()
    undone = rows.join(back, on="settlement_id")
    wait = (undone["undone"] - undone["settled_at"]).dt.total_minutes()
    assert 3 <= wait.min() <= wait.max() <= 20
    cards = rows.group_by("instance_id", "person_id").len()["len"]
    assert undone.height == cards.sum() - len(cards)


def test_codes_are_sold_twice_and_the_second_time_by_the_reseller(sixth: Any) -> None:
    rows = sixth.rows(sixth.planted, "duplicate_trace_code")
    resellers = sixth.planted.filter(
        (col("typology") == "duplicate_trace_code") & (col("role") == "subject")
    ).select("instance_id", reseller="entity_id")
    scans = sixth.drug_trace_scans.join(rows.select("settlement_id", "instance_id"), on="settlement_id")
    codes = (
        scans.sort("scanned_at")
        .group_by("instance_id", "trace_code", maintain_order=True)
        .agg(
            pl.len(),
            col("provider_id").last(),
            days=(col("scanned_at").max() - col("scanned_at").min()).dt.total_days(),
        )
        .join(resellers, on="instance_id")
    )
    assert (codes["len"] == 2).all()
    assert (codes["provider_id"] == codes["reseller"]).all()
    assert codes["days"].median() > 3


def test_covers_are_a_few_drugs_by_one_operator(sixth: Any) -> None:
    rows = with_line(sixth, sixth.of_subjects("substitution", "provider"))
    shops = rows.group_by("instance_id").agg(col("item_code").n_unique(), col("operator_id").n_unique())
    assert (shops["item_code"] <= 5).all()
    assert (shops["operator_id"] == 1).all()
    assert set(rows["credential_type"]) == {"social_card"}


def test_checkups_in_bed_are_short_and_alike(sixth: Any) -> None:
    rows = sixth.of_subjects("hanging_bed_short_stay", "provider")
    nights = (rows["discharged_on"] - rows["admitted_on"]).dt.total_days()
    assert nights.max() <= 4
    assert (rows.group_by("instance_id").agg(col("diagnosis_code").n_unique())["diagnosis_code"] <= 3).all()


def test_residents_are_admitted_again_within_days(sixth: Any) -> None:
    rows = sixth.of_subjects("split_admission", "provider").sort("person_id", "admitted_on")
    gap = (col("admitted_on") - col("discharged_on").shift(1).over("person_id")).dt.total_days()
    gaps = rows.select(gap=gap)["gap"].drop_nulls()
    assert len(gaps) > 0
    assert 0 <= gaps.min() <= gaps.max() <= 9
    assert (rows.group_by("person_id").agg(col("diagnosis_code").n_unique())["diagnosis_code"] == 1).all()


def test_patients_in_bed_are_billed_as_outpatients(sixth: Any) -> None:
    rows = sixth.of_subjects("inpatient_outpatient_overlap", "provider")
    stays = sixth.settlements.filter(col("care_type") == "inpatient").select(
        "person_id", first="admitted_on", last="discharged_on", ward="provider_id"
    )
    both = rows.join(stays, on="person_id").filter(
        (col("service_date") > col("first")) & (col("service_date") < col("last"))
    )
    assert set(both["settlement_id"]) == set(rows["settlement_id"])
    assert (both["ward"] == both["subject_id"]).all()


def test_the_empty_shop_settles_at_night_in_seconds(sixth: Any) -> None:
    rows = sixth.of_subjects("capacity_anomaly", "provider").sort("settled_at")
    assert (rows["settled_at"].dt.hour() >= 21).all()
    gap = col("settled_at").diff().over("instance_id", "service_date").dt.total_seconds()
    assert rows.select(gap=gap)["gap"].drop_nulls().median() < 120


def test_many_prescriptions_are_written_after_the_sale(sixth: Any) -> None:
    rows = sixth.of_subjects("doctor_pharmacy_concentration", "provider")
    assert (rows.group_by("instance_id").agg(col("prescriber_id").n_unique())["prescriber_id"] == 1).all()
    late = rows.filter(col("prescribed_at") > col("settled_at"))
    assert 0.1 < late.height / rows.height < 1
    assert set(late["prescribed_at"].dt.hour()) <= {19, 20}


def test_the_same_test_comes_before_it_may(sixth: Any) -> None:
    rows = sixth.of_subjects("over_frequency_test", "provider").sort("service_date")
    gap = col("service_date").diff().over("instance_id", "person_id").dt.total_days()
    gaps = rows.select(gap=gap)["gap"].drop_nulls()
    assert len(gaps) > 0
    assert (gaps < 90).mean() > 0.6


def test_therapies_are_billed_again_on_the_same_day(sixth: Any) -> None:
    rows = with_line(sixth, sixth.of_subjects("duplicate_charge", "provider"))
    others = sixth.settlements.join(rows, on="settlement_id", how="anti")
    lines = sixth.charge_lines.filter(col("line_no") == 1).select("settlement_id", "item_code")
    keys = ["person_id", "provider_id", "service_date", "item_code"]
    first = others.join(lines, on="settlement_id").select(*keys, earlier="settled_at", doctor="prescriber_id")
    both = rows.join(first, on=keys).filter(col("earlier") < col("settled_at"))
    assert set(both["settlement_id"]) == set(rows["settlement_id"])
    assert (both["doctor"] != both["prescriber_id"]).all()


def test_those_with_a_card_pay_more_than_those_with_cash(sixth: Any) -> None:
    rows = with_line(sixth, sixth.of_subjects("over_price", "provider"))
    every = with_line(sixth, sixth.settlements.join(rows, on="settlement_id", how="anti"))
    keys = ["provider_id", "item_code"]
    cash = every.filter((col("cash_paid") == col("total_amount")) & (col("care_type") == "pharmacy"))
    usual = cash.group_by(keys).agg(cash_price=col("unit_price").cast(pl.Float64).median())
    both = rows.group_by("instance_id", *keys).agg(price=col("unit_price").cast(pl.Float64).median())
    ratio = both.join(usual, on=keys).select(ratio=col("price") / col("cash_price"))["ratio"]
    assert len(ratio) > 2
    assert 2 * (ratio > 1.1).sum() > len(ratio)


def test_slips_lie_just_below_a_limit(sixth: Any) -> None:
    rows = sixth.of_subjects("split_prescription", "provider")
    assert (rows.group_by("instance_id").agg(col("prescriber_id").n_unique())["prescriber_id"] == 1).all()
    top = rows.group_by("instance_id").agg(
        near=(col("total_amount") > 0.9 * col("total_amount").max().cast(pl.Float64)).mean()
    )
    assert top["near"].min() > 0.2
    assert top["near"].max() > 0.4


def test_the_same_stack_of_cards_comes_again(sixth: Any) -> None:
    rows = sixth.of_subjects("card_concentration", "provider")
    days = rows.group_by("instance_id", "service_date").agg(col("operator_id").n_unique(), pl.len())
    assert (days["operator_id"] == 1).all()
    assert (days["len"] >= 3).all()
    again = rows.group_by("instance_id").agg(col("person_id").n_unique(), pl.len())
    assert (again["len"] >= again["person_id"]).all()
    assert (again["len"] > again["person_id"]).any()


def test_the_cap_is_used_up_in_the_last_weeks_of_the_year(sixth: Any) -> None:
    rows = sixth.of_subjects("cap_rush", "provider")
    left = 366 - rows["service_date"].dt.ordinal_day()
    assert left.max() < 100
    assert left.median() < 50
    assert (rows["in_scope_amount"] == rows["total_amount"]).all()


def test_employees_are_billed_under_programs_that_have_ended(sixth: Any) -> None:
    rows = sixth.of_subjects("closed_policy_use", "provider")
    assert set(rows["scheme"]) == {"employee"}
    assert set(rows["care_type"]) == {"chronic_outpatient"}
    assert rows["programme_code"].null_count() == 0


def test_bills_come_late_and_without_doctors(sixth: Any) -> None:
    rows = sixth.of_subjects("data_transmission_defect", "provider")
    late = (rows["settled_at"].dt.date() - rows["service_date"]).dt.total_days()
    assert late.median() > 3
    assert rows["prescriber_id"].null_count() > 0.2 * rows.height


def test_the_operator_works_when_the_office_is_closed(sixth: Any) -> None:
    rows = sixth.of_subjects("insider_operation", "provider")
    assert (rows.group_by("instance_id").agg(col("operator_id").n_unique())["operator_id"] == 1).all()
    assert set(rows["channel"]) == {"manual"}
    assert (rows["settled_at"].dt.hour() >= 18).all()


def test_the_fund_pays_more_than_is_due_for_the_hospital(sixth: Any) -> None:
    rows = sixth.rows(sixth.planted, "benefit_recalc_mismatch")
    places = sixth.planted.filter(
        (col("typology") == "benefit_recalc_mismatch") & (col("entity_kind") == "provider")
    )
    assert set(places["role"]) == {"member"}
    assert set(rows["provider_id"]) == set(places["entity_id"])
    assert (rows["pool_paid"] > 0).all()
