"""Look-alikes of the authors whose scenes hide are lawful by slow, obvious checks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

import polars as pl
import pytest

col = pl.col
FOREVER = dt.date.max


@pytest.fixture(scope="module")
def rows(author_city: Any) -> pl.DataFrame:
    """The settlements of all twins, with typology and instance; reversals left out."""
    joined: pl.DataFrame = author_city.rows(author_city.lookalikes)
    assert joined.height > 1_000
    return joined


def test_the_patient_is_alive_and_enrolled_as_written(author_city: Any, rows: pl.DataFrame) -> None:
    intervals = defaultdict(list)
    for item in author_city.enrolments.iter_rows(named=True):
        intervals[item["person_id"]].append(item)
    deaths = dict(author_city.persons.select("person_id", "death_date").iter_rows())
    for row in rows.iter_rows(named=True):
        day, person = row["service_date"], row["person_id"]
        assert day <= (deaths[person] or FOREVER)
        there = [
            (item["status"], item["scheme"], item["person_category"])
            for item in intervals[person]
            if item["start_date"] <= day <= (item["end_date"] or FOREVER)
        ]
        assert there == [("active", row["scheme"], row["person_category"])]


def test_only_care_given_before_is_settled_after_a_death(author_city: Any, rows: pl.DataFrame) -> None:
    late = rows.join(author_city.persons.drop_nulls("death_date"), on="person_id").filter(
        col("settled_at").dt.date() > col("death_date")
    )
    assert late.height > 0
    assert set(late["typology"]) == {"ineligible_settlement"}


def test_providers_have_an_agreement(author_city: Any, rows: pl.DataFrame) -> None:
    active = author_city.provider_status.filter(col("status") == "active").select("provider_id", "from", "to")
    inside = rows.join(active, on="provider_id").filter(
        (col("service_date") >= col("from")) & (col("service_date") <= col("to").fill_null(FOREVER))
    )
    assert set(inside["settlement_id"]) == set(rows["settlement_id"])


def test_relatives_pay_under_an_authorization_in_force(author_city: Any, rows: pl.DataFrame) -> None:
    paid = rows.filter(col("mutual_aid_payer_id").is_not_null())
    assert paid.height > 20
    granted = author_city.family_authorizations.select(
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


def test_patients_are_not_seen_elsewhere_during_a_stay(author_city: Any, rows: pl.DataFrame) -> None:
    stays = author_city.settlements.filter(col("care_type") == "inpatient").select(
        "person_id", first="admitted_on", last="discharged_on"
    )
    inside = rows.join(stays, on="person_id").filter(
        (col("service_date") > col("first")) & (col("service_date") < col("last"))
    )
    assert stays.height > 100
    assert inside.is_empty()


def test_stays_of_a_person_do_not_overlap(rows: pl.DataFrame) -> None:
    stays = rows.filter(col("care_type") == "inpatient").sort("person_id", "admitted_on")
    assert stays.height > 10
    before = col("discharged_on").shift(1).over("person_id")
    assert stays.filter(before > col("admitted_on")).is_empty()


def test_whole_packs_are_sold_once_in_the_end(author_city: Any) -> None:
    undone = author_city.settlements["reverses_settlement_id"].drop_nulls().implode()
    standing = author_city.drug_trace_scans.filter(~col("settlement_id").is_in(undone) & ~col("split_pack"))
    twice = standing.filter(col("trace_code").is_duplicated())["settlement_id"].unique()
    planted = author_city.rows(author_city.planted, "duplicate_trace_code", "trace_code_origin_conflict")
    assert len(twice) > 0
    assert set(twice) <= set(planted["settlement_id"])
    split = author_city.drug_trace_scans.filter(col("split_pack"))
    alike = author_city.rows(author_city.lookalikes, "duplicate_trace_code")
    assert set(split["settlement_id"]) <= set(alike["settlement_id"])


def test_a_correction_is_one_for_each_purchase(author_city: Any) -> None:
    undone = author_city.settlements["reverses_settlement_id"].drop_nulls().implode()
    alike = author_city.rows(author_city.lookalikes, "refund_resettle_loop")
    by_person = alike.with_columns(day=col("settled_at").dt.date(), undone=col("settlement_id").is_in(undone))
    counts = by_person.group_by("instance_id", "person_id", "day").agg(col("undone").sum(), pl.len())
    assert (counts["undone"] == 1).all()
    assert (counts["len"] == 2).all()
