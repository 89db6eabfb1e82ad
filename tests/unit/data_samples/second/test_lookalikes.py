"""The second author's look-alikes are lawful by slow, obvious checks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

import polars as pl
import pytest

col = pl.col
FOREVER = dt.date.max


@pytest.fixture(scope="module")
def rows(second: Any) -> pl.DataFrame:
    """The settlements of all twins, with typology and instance; reversals left out."""
    named = second.lookalikes.filter(col("entity_kind") == "settlement")
    keys = named.select("typology", "instance_id", settlement_id="entity_id")
    joined: pl.DataFrame = keys.join(second.settlements, on="settlement_id")
    assert joined.height == named.height > 1_000
    return joined


def test_the_patient_is_alive_and_enrolled_as_written(second: Any, rows: pl.DataFrame) -> None:
    intervals = defaultdict(list)
    for item in second.enrolments.iter_rows(named=True):
        intervals[item["person_id"]].append(item)
    deaths = dict(second.persons.select("person_id", "death_date").iter_rows())
    for row in rows.iter_rows(named=True):
        day, person = row["service_date"], row["person_id"]
        assert day <= (deaths[person] or FOREVER)
        there = [
            (item["status"], item["scheme"], item["person_category"])
            for item in intervals[person]
            if item["start_date"] <= day <= (item["end_date"] or FOREVER)
        ]
        assert there == [("active", row["scheme"], row["person_category"])]


def test_only_care_given_before_is_settled_after_a_death(second: Any, rows: pl.DataFrame) -> None:
    late = rows.join(second.persons.drop_nulls("death_date"), on="person_id").filter(
        col("settled_at").dt.date() > col("death_date")
    )
    assert late.height > 0
    assert set(late["typology"]) == {"ineligible_settlement"}


def test_providers_have_an_agreement(second: Any, rows: pl.DataFrame) -> None:
    active = second.provider_status.filter(col("status") == "active").select("provider_id", "from", "to")
    inside = rows.join(active, on="provider_id").filter(
        (col("service_date") >= col("from")) & (col("service_date") <= col("to").fill_null(FOREVER))
    )
    assert set(inside["settlement_id"]) == set(rows["settlement_id"])


def test_relatives_pay_under_an_authorization_in_force(second: Any, rows: pl.DataFrame) -> None:
    paid = rows.filter(col("mutual_aid_payer_id").is_not_null())
    assert paid.height > 50
    granted = second.family_authorizations.select(
        "valid_from", "valid_to", "relation", mutual_aid_payer_id="payer_id", person_id="beneficiary_id"
    )
    valid = paid.join(granted, on=["mutual_aid_payer_id", "person_id"]).filter(
        (col("valid_from") <= col("settled_at"))
        & (col("settled_at") <= col("valid_to").fill_null(dt.datetime(2100, 1, 1)))
    )
    assert set(valid["settlement_id"]) == set(paid["settlement_id"])
    assert set(valid["relation"]) <= {"spouse", "parent", "child"}


def test_nothing_is_prescribed_after_the_sale(rows: pl.DataFrame) -> None:
    assert rows["prescribed_at"].drop_nulls().len() > 500
    assert rows.filter(col("prescribed_at") > col("settled_at")).is_empty()


def test_during_a_stay_only_cash_pays(second: Any, rows: pl.DataFrame) -> None:
    stays = second.settlements.filter(col("care_type") == "inpatient").select(
        "person_id", first="admitted_on", last="discharged_on"
    )
    inside = (
        rows.filter(col("care_type") != "inpatient")
        .join(stays, on="person_id")
        .filter((col("service_date") > col("first")) & (col("service_date") < col("last")))
    )
    assert inside.height > 0
    assert inside.filter(col("cash_paid") != col("total_amount")).is_empty()


def test_a_correction_is_one_for_each_purchase(second: Any, rows: pl.DataFrame) -> None:
    loops = rows.filter(col("typology") == "refund_resettle_loop")
    undone = set(second.settlements["reverses_settlement_id"].drop_nulls())
    reversed_ = loops.filter(col("settlement_id").is_in(pl.Series(list(undone)).implode()))
    assert reversed_.height > 10
    per_person = reversed_.group_by("instance_id", "person_id").len()
    assert (per_person["len"] == 1).all()


def test_credits_of_twins_come_once_for_each_month(second: Any) -> None:
    alike = second.lookalikes
    named = alike.filter((col("typology") == "credit_rule_violation") & (col("entity_kind") == "person"))
    mine = second.account_entries.filter(
        col("account_id").is_in(named["entity_id"].implode()) & (col("entry_kind") == "monthly_credit")
    )
    by_month = mine.group_by("account_id", "accrual_month").len()
    assert by_month.height > 50
    assert (by_month["len"] == 1).all()
    moved = mine.filter(col("posted_at").dt.strftime("%Y-%m") != col("accrual_month"))
    assert moved.height > 0
    paid_in = second.contributions.with_columns(due=col("person_into_account") + col("employer_into_account"))
    both = mine.join(
        paid_in, left_on=["account_id", "accrual_month"], right_on=["person_id", "accrual_month"]
    )
    assert both.height > 20
    assert both.filter(col("due") != col("amount")).is_empty()
