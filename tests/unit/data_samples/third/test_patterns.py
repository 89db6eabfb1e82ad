"""The third author's patterns are what their modules say, in the written tables."""

from __future__ import annotations

from typing import Any

import polars as pl

col = pl.col


def test_cards_of_the_dead_are_used_after_the_death(third: Any) -> None:
    deaths = third.persons.select("person_id", "death_date").drop_nulls()
    late = third.rows(third.planted, "ineligible_settlement").join(deaths, on="person_id")
    assert late.height > 0
    assert (late["service_date"] > late["death_date"]).all()


def test_suspended_providers_go_on(third: Any) -> None:
    away = third.provider_status.filter(col("status") == "suspended")
    rows = third.rows(third.planted, "ineligible_settlement").join(away, on="provider_id")
    assert rows.height > 0
    assert ((rows["service_date"] >= rows["from"]) & (rows["service_date"] <= rows["to"])).all()


def test_benefits_are_paid_while_they_are_suspended(third: Any) -> None:
    paused = third.enrolments.filter(col("status") == "suspended")
    rows = third.rows(third.planted, "ineligible_settlement").join(paused, on="person_id")
    assert rows.height > 0
    assert ((rows["service_date"] >= rows["start_date"]) & (rows["service_date"] <= rows["end_date"])).all()


def test_outpatient_care_falls_into_a_stay(third: Any) -> None:
    rows = third.rows(third.planted, "inpatient_outpatient_overlap")
    stays = third.settlements.filter(col("care_type") == "inpatient").select(
        "person_id", first="admitted_on", last="discharged_on"
    )
    inside = rows.join(stays, on="person_id").filter(
        (col("service_date") > col("first")) & (col("service_date") < col("last"))
    )
    assert set(inside["settlement_id"]) == set(rows["settlement_id"])


def test_stays_are_split_into_parts_that_follow_each_other(third: Any) -> None:
    rows = third.rows(third.planted, "split_admission").sort("person_id", "admitted_on")
    gap = (col("admitted_on") - col("discharged_on").shift(1).over("person_id")).dt.total_days()
    gaps = rows.select(gap.alias("gap"))["gap"].drop_nulls()
    assert len(gaps) > 0
    assert gaps.is_between(0, 9).all()


def test_wrong_sex_and_age_are_wrong_in_the_tables(third: Any) -> None:
    lines = third.charge_lines.join(third.item_reference, on="item_code")
    sexes = third.rows(third.planted, "sex_incompatible_item").join(
        lines.drop_nulls("sex_only"), on="settlement_id"
    )
    rows = sexes.join(third.persons.select("person_id", "sex"), on="person_id")
    assert rows.height > 0
    assert (rows["sex"] != rows["sex_only"]).all()
    ages = third.rows(third.planted, "age_incompatible_item").join(
        lines.drop_nulls("age_min"), on="settlement_id"
    )
    years = ages.join(third.persons.select("person_id", "birth_date"), on="person_id").select(
        ((col("service_date") - col("birth_date")).dt.total_days() / 365.25 < col("age_min")).alias("young")
    )
    assert years.height > 0
    assert years["young"].all()


def test_items_with_limits_are_used_for_scenes_and_twins(third: Any) -> None:
    limited = third.item_reference.filter(
        pl.any_horizontal(
            col(name).is_not_null() for name in ("sex_only", "age_min", "age_max", "min_interval_days")
        )
    )
    used = third.charge_lines.join(limited, on="item_code")["settlement_id"].unique()
    named = {*third.planted["entity_id"], *third.lookalikes["entity_id"]}
    others = third.settlements.filter(
        col("settlement_id").is_in(used.implode())
        & col("reverses_settlement_id").is_null()
        & ~col("settlement_id").is_in(pl.Series(list(named)).implode())
    )
    # Others of the panel that suits them, and those who are tested when it is time.
    assert others.height < len(used) / 2


def test_health_goods_are_paid_from_accounts(third: Any) -> None:
    rows = third.rows(third.planted, "prohibited_account_use").join(third.charge_lines, on="settlement_id")
    assert set(rows["item_kind"]) == {"wellness"}
    assert (rows["account_paid"] == rows["total_amount"]).all()


def test_some_payments_of_the_collector_are_not_authorized(third: Any) -> None:
    rows = third.rows(third.planted, "family_authorization_violation")
    assert (rows["mutual_aid_paid"] > 0).all()
    granted = third.family_authorizations.filter(col("verified")).select(
        "valid_from", "valid_to", mutual_aid_payer_id="payer_id", person_id="beneficiary_id"
    )
    lawful = rows.join(granted, on=["mutual_aid_payer_id", "person_id"]).filter(
        (col("valid_from") <= col("settled_at"))
        & (col("valid_to").is_null() | (col("settled_at") <= col("valid_to")))
    )
    assert lawful.is_empty()
