"""The third author's look-alikes are lawful by slow, obvious checks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

import polars as pl
import pytest

col = pl.col
FOREVER = dt.date.max


@pytest.fixture(scope="module")
def rows(third: Any) -> pl.DataFrame:
    """The settlements of all twins, with typology and instance; reversals left out."""
    joined: pl.DataFrame = third.rows(third.lookalikes)
    assert joined.height > 1_000
    return joined


def test_the_patient_is_alive_and_enrolled_as_written(third: Any, rows: pl.DataFrame) -> None:
    intervals = defaultdict(list)
    for item in third.enrolments.iter_rows(named=True):
        intervals[item["person_id"]].append(item)
    deaths = dict(third.persons.select("person_id", "death_date").iter_rows())
    for row in rows.iter_rows(named=True):
        day, person = row["service_date"], row["person_id"]
        assert day <= (deaths[person] or FOREVER)
        there = [
            (item["status"], item["scheme"], item["person_category"])
            for item in intervals[person]
            if item["start_date"] <= day <= (item["end_date"] or FOREVER)
        ]
        assert there == [("active", row["scheme"], row["person_category"])]


def test_only_care_given_before_is_settled_after_a_death(third: Any, rows: pl.DataFrame) -> None:
    late = rows.join(third.persons.drop_nulls("death_date"), on="person_id").filter(
        col("settled_at").dt.date() > col("death_date")
    )
    assert late.height > 0
    assert set(late["typology"]) == {"ineligible_settlement"}


def test_providers_have_an_agreement(third: Any, rows: pl.DataFrame) -> None:
    active = third.provider_status.filter(col("status") == "active").select("provider_id", "from", "to")
    inside = rows.join(active, on="provider_id").filter(
        (col("service_date") >= col("from")) & (col("service_date") <= col("to").fill_null(FOREVER))
    )
    assert set(inside["settlement_id"]) == set(rows["settlement_id"])


def test_customers_go_on_at_the_new_number(third: Any, rows: pl.DataFrame) -> None:
    ended = third.provider_status.filter(col("status") == "terminated")["provider_id"]
    moved = rows.filter(
        (col("typology") == "ineligible_settlement") & col("provider_id").is_in(ended.implode())
    )
    assert moved.height > 0
    both = rows.filter(col("instance_id").is_in(moved["instance_id"].implode()))
    assert (both.group_by("instance_id").agg(col("provider_id").n_unique())["provider_id"] == 2).all()


def test_relatives_pay_under_an_authorization_in_force(third: Any, rows: pl.DataFrame) -> None:
    paid = rows.filter(col("mutual_aid_payer_id").is_not_null())
    assert paid.height > 20
    granted = third.family_authorizations.select(
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
    assert rows.filter(col("prescribed_at").dt.date() > col("service_date")).is_empty()


def test_patients_are_not_seen_elsewhere_during_a_stay(third: Any, rows: pl.DataFrame) -> None:
    stays = third.settlements.filter(col("care_type") == "inpatient").select(
        "person_id", first="admitted_on", last="discharged_on"
    )
    inside = rows.join(stays, on="person_id").filter(
        (col("service_date") > col("first")) & (col("service_date") < col("last"))
    )
    assert stays.height > 100
    assert inside.is_empty()


def test_stays_of_a_person_do_not_overlap(rows: pl.DataFrame) -> None:
    stays = rows.filter(col("care_type") == "inpatient").sort("person_id", "admitted_on")
    assert stays.height > 20
    before = col("discharged_on").shift(1).over("person_id")
    assert stays.filter(before > col("admitted_on")).is_empty()


def test_whole_packs_are_sold_once_in_the_end(third: Any) -> None:
    undone = third.settlements["reverses_settlement_id"].drop_nulls().implode()
    standing = third.drug_trace_scans.filter(~col("settlement_id").is_in(undone) & ~col("split_pack"))
    twice = standing.filter(col("trace_code").is_duplicated())["settlement_id"].unique()
    planted = third.rows(third.planted, "duplicate_trace_code", "trace_code_origin_conflict")
    assert len(twice) > 0
    assert set(twice) <= set(planted["settlement_id"])
    split = third.drug_trace_scans.filter(col("split_pack"))
    alike = third.rows(third.lookalikes, "duplicate_trace_code")
    assert set(split["settlement_id"]) <= set(alike["settlement_id"])


def test_a_correction_is_one_for_each_purchase(third: Any) -> None:
    undone = third.settlements["reverses_settlement_id"].drop_nulls().implode()
    alike = third.rows(third.lookalikes, "refund_resettle_loop")
    by_person = alike.with_columns(day=col("settled_at").dt.date(), undone=col("settlement_id").is_in(undone))
    counts = by_person.group_by("instance_id", "person_id", "day").agg(col("undone").sum(), pl.len())
    assert (counts["undone"] == 1).all()
    assert (counts["len"] == 2).all()


def test_supplies_of_those_who_look_far_last_as_long_as_they_are_for(third: Any) -> None:
    lines = third.charge_lines.filter(col("line_no") == 1).select("settlement_id", "item_code", "days_supply")
    for typology in ("oversupply", "cross_provider_same_drug"):
        mine = third.rows(third.lookalikes, typology).join(lines, on="settlement_id").sort("service_date")
        pace = mine.group_by("instance_id", "item_code").agg(
            supplied=col("days_supply").head(pl.len() - 1).sum().cast(pl.Float64),
            passed=(col("service_date").last() - col("service_date").first()).dt.total_days(),
        )
        assert pace.height > 0
        assert pace.filter(col("supplied") > 1.1 * col("passed")).is_empty()


def test_back_pay_is_credited_once_for_each_month(third: Any) -> None:
    named = third.lookalikes.filter(
        (col("typology") == "credit_rule_violation") & (col("entity_kind") == "person")
    )
    mine = third.account_entries.filter(
        col("account_id").is_in(named["entity_id"].implode()) & (col("entry_kind") == "monthly_credit")
    )
    assert mine.height > 5
    assert mine.select("account_id", "accrual_month").is_unique().all()
    assert mine.filter(col("posted_at").dt.strftime("%Y-%m") != col("accrual_month")).height > 0
