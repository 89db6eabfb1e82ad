"""The fifth author's scenes of people and accounts are what their modules say, in the written tables."""

from __future__ import annotations

from typing import Any

import polars as pl

col = pl.col


def test_helpers_spend_from_old_accounts_that_are_bound_to_them(fifth: Any) -> None:
    rows = fifth.rows(fifth.planted, "family_authorization_violation")
    granted = fifth.family_authorizations.select(
        "valid_from", "valid_to", mutual_aid_payer_id="payer_id", person_id="beneficiary_id"
    )
    bound = rows.join(granted, on=["mutual_aid_payer_id", "person_id"])
    assert set(bound["settlement_id"]) == set(rows["settlement_id"])
    assert (bound["valid_from"] < bound["settled_at"]).all()
    assert (bound["settled_at"] <= bound["valid_to"].fill_null(bound["settled_at"])).all()
    born = fifth.persons.select("person_id", "birth_date")
    ages = rows.join(born, on="person_id").join(
        born, left_on="mutual_aid_payer_id", right_on="person_id", suffix="_of_owner"
    )
    assert ((ages["birth_date"] - ages["birth_date_of_owner"]).dt.total_days() > 18 * 365).all()
    owners = set(rows["mutual_aid_payer_id"])
    assert not owners & set(fifth.planted["entity_id"])


def test_credits_are_above_what_is_due(fifth: Any) -> None:
    named = fifth.planted.filter(
        (col("typology") == "credit_rule_violation") & (col("role") == "subject")
    ).select(account_id="entity_id")
    credited = fifth.account_entries.filter(col("entry_kind") == "monthly_credit").join(
        named, on="account_id"
    )
    by_month = credited.group_by("account_id", "accrual_month").agg(col("amount").sum())
    due = fifth.contributions.select("accrual_month", "person_into_account", account_id="person_id")
    both = by_month.join(due, on=["account_id", "accrual_month"])
    over = both.filter(col("amount") > col("person_into_account"))
    assert set(over["account_id"]) == set(named["account_id"])
    assert both.filter(col("amount") < col("person_into_account")).is_empty()


def test_sellers_accounts_pay_the_broker(fifth: Any) -> None:
    rows = fifth.of_subjects("account_cash_out", "payer_account").filter(
        col("person_id") == col("subject_id")
    )
    assert (rows["account_paid"] == rows["total_amount"]).all()
    assert (rows.group_by("instance_id").agg(col("provider_id").n_unique())["provider_id"] <= 4).all()


def test_sellers_gather_what_is_resold(fifth: Any) -> None:
    lines = fifth.charge_lines.filter(col("line_no") == 1).select("settlement_id", "item_code")
    rows = fifth.rows(fifth.planted, "professional_buyer").join(lines, on="settlement_id")
    watched = fifth.item_reference.filter(col("watch_list"))["item_code"]
    assert rows["item_code"].is_in(watched.implode()).all()
    places = rows.group_by("instance_id").agg(col("provider_id").n_unique())
    assert (places["provider_id"] >= 2).all()


def test_the_lender_is_in_two_towns_within_the_hour(fifth: Any) -> None:
    rows = fifth.of_subjects("impossible_travel", "person").sort("settled_at")
    assert (rows["person_id"] == rows["subject_id"]).all()
    near = (col("settled_at").diff().over("instance_id").dt.total_minutes() <= 80) & (
        col("provider_id") != col("provider_id").shift(1).over("instance_id")
    )
    close = rows.select("instance_id", near=near).group_by("instance_id").agg(col("near").any())
    assert close["near"].all()


def test_the_allowance_is_used_in_the_last_weeks(fifth: Any) -> None:
    rows = fifth.of_subjects("cap_rush", "person")
    spans = rows.group_by("instance_id").agg(
        first=col("service_date").min(), last=col("service_date").max(), year=col("service_date").dt.year()
    )
    assert ((spans["last"] - spans["first"]).dt.total_days() <= 71).all()
    assert (spans["year"].list.n_unique() == 1).all()
    assert (spans["last"].dt.month() == 12).all()
    assert (rows.group_by("instance_id").agg(col("pool_paid").sum())["pool_paid"] > 0).any()


def test_the_village_pays_again_as_for_a_resident(fifth: Any) -> None:
    rows = fifth.of_subjects("duplicate_benefit", "person")
    assert set(rows["scheme"]) == {"resident"}
    assert set(rows["channel"]) == {"manual"}
    keys = ["person_id", "service_date", "diagnosis_code", "total_amount"]
    first = fifth.settlements.filter((col("scheme") == "employee") & (col("channel") == "online"))
    assert rows.join(first, on=keys, how="semi").height == rows.height
    schemes = fifth.enrolments.join(rows, on="person_id", how="semi").group_by("person_id")
    assert (schemes.agg(col("scheme").n_unique())["scheme"] == 2).all()


def test_pens_come_faster_than_they_are_used_up(fifth: Any) -> None:
    lines = fifth.charge_lines.filter(col("line_no") == 1).select("settlement_id", "item_code", "days_supply")
    rows = fifth.rows(fifth.planted, "cross_provider_same_drug").join(lines, on="settlement_id")
    people = rows.group_by("instance_id", "person_id").agg(
        col("item_code").n_unique(),
        supply=col("days_supply").cast(pl.Float64).sum(),
        passed=(col("service_date").max() - col("service_date").min()).dt.total_days(),
    )
    assert (people["item_code"] == 1).all()
    assert (people["supply"] > people["passed"]).mean() > 0.5


def test_families_pay_the_home_for_wellness(fifth: Any) -> None:
    rows = fifth.rows(fifth.planted, "prohibited_account_use")
    assert (rows["account_paid"] + rows["mutual_aid_paid"] == rows["total_amount"]).all()
    assert (rows["fully_self_paid"] == rows["total_amount"]).all()
    kinds = rows.join(fifth.charge_lines, on="settlement_id")["item_kind"]
    assert set(kinds) == {"wellness"}


def test_the_infusion_hall_is_full_on_the_same_mornings(fifth: Any) -> None:
    rows = fifth.rows(fifth.planted, "co_visit_group")
    halls = fifth.planted.filter((col("typology") == "co_visit_group") & (col("entity_kind") == "provider"))
    inside = rows.join(halls.select("instance_id"), on="instance_id")
    days = inside.group_by("instance_id", "service_date").agg(col("person_id").n_unique(), bills=pl.len())
    assert days.height > 0
    assert (days["person_id"] == days["bills"]).all()
    assert (days["person_id"] > 1).mean() > 0.5


def test_cards_travel_to_several_shops(fifth: Any) -> None:
    rows = fifth.rows(fifth.planted, "co_visit_group")
    halls = fifth.planted.filter((col("typology") == "co_visit_group") & (col("entity_kind") == "provider"))
    outside = rows.join(halls.select("instance_id"), on="instance_id", how="anti")
    stops = outside.group_by("instance_id").agg(col("provider_id").n_unique())
    assert stops.height > 0
    assert (stops["provider_id"] >= 2).all()
    together = outside.group_by("instance_id", "provider_id", "service_date").agg(col("person_id").n_unique())
    assert together["person_id"].min() >= 2
