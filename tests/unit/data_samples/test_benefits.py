"""A slow second pricing, person by person in decimals from the written tables, finds what the city paid, to the fen."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
from reference.simulated_benefits import ORDINARY, SIZES, as_paid, priced_anew

col = pl.col


def test_every_settlement_is_what_a_second_pricing_finds(clean: Any) -> None:
    seen = {"capped": 0, "second": 0, "above": 0, "reversed": 0, "late": 0}
    for row, expected, record in priced_anew(clean, clean.area):
        assert expected is None or as_paid(row) == expected, row["settlement_id"]
        seen["reversed"] += expected is None
        seen["second"] += row["other_fund_paid"] > 0
        seen["above"] += record.eligible > 2_000
        seen["late"] += row["settled_at"].year > row["service_date"].year
        seen["capped"] += record.pool == SIZES["area"][clean.area]["benefits"]["cap"]
    assert (seen.pop("second") > 0) == (clean.area == "150200")
    assert min(seen.values()) > 0, seen


def test_what_scenes_priced_wrong_is_all_that_a_second_pricing_finds(town: Any) -> None:
    off = {
        row["settlement_id"]
        for row, expected, _ in priced_anew(town, "320600")
        if expected is not None and as_paid(row) != expected
    }
    assert off == set(town.settled("benefit_recalc_mismatch")["settlement_id"]) != set()


def test_nothing_is_pooled_before_mutual_aid_begins(clean: Any) -> None:
    start = SIZES["area"][clean.area]["policy_start"]
    early = clean.settlements.filter(
        (col("service_date") < start)
        & (col("scheme") == "employee")
        & col("care_type").is_in([*ORDINARY, "pharmacy"])
    )
    assert early.height > 500
    assert (early["pool_paid"] == 0).all()
    assert (early["deductible_paid"] == 0).all()
    chronic = clean.settlements.filter(
        (col("service_date") < start) & (col("care_type") == "chronic_outpatient")
    )
    assert chronic.filter((col("scheme") == "employee") & (col("pool_paid") > 0)).height > 20


def test_december_care_that_is_settled_in_january_follows_december(clean: Any) -> None:
    start = SIZES["area"][clean.area]["policy_start"]
    late = clean.settlements.filter(
        (col("service_date") < start)
        & (col("settled_at").dt.date() >= start)
        & col("reverses_settlement_id").is_null()
        & (col("care_type") == "outpatient")
    )
    assert late.height > 0
    assert (late["pool_paid"] == 0).all()


def test_moments_of_a_person_are_in_one_order(clean: Any) -> None:
    assert clean.settlements.select("person_id", "settled_at").is_unique().all()


def test_chronic_care_of_employees_is_ordinary_care_where_it_has_become_that(clean: Any) -> None:
    here = SIZES["area"][clean.area]
    chronic = clean.settlements.filter(col("care_type") == "chronic_outpatient")
    after = chronic.filter((col("service_date") >= here["policy_start"]) & (col("scheme") == "employee"))
    assert after.is_empty() == here["chronic_ends"]
    assert chronic.filter(col("scheme") == "resident").height > 50
    assert chronic["programme_code"].is_not_null().all()
    ends = clean.programme_registrations.filter(col("to").is_not_null())
    stopped = ends.filter(col("to") == here["policy_start"] - dt.timedelta(days=1))
    assert (stopped.height > 50) == here["chronic_ends"]
    former = stopped.select("person_id").unique()
    seen = clean.settlements.filter(col("service_date") > dt.date(2024, 1, 1)).select("person_id").unique()
    assert (0 < former.join(seen, on="person_id", how="anti").height < former.height / 4) == here[
        "chronic_ends"
    ]
    special = clean.settlements.filter(col("care_type") == "special_outpatient")
    known = special.join(
        clean.programme_registrations, on=["person_id", "programme_code"], how="left", maintain_order="left"
    )
    inside = (col("from") <= col("service_date")) & (col("service_date") <= col("to").fill_null(dt.date.max))
    assert known.height == special.height > 100
    assert known.select(inside.fill_null(value=False).all()).item()


def test_the_clean_city_has_no_truth_and_adds_up(clean: Any) -> None:
    assert clean.truth.is_empty()
    payers = [name for name in clean.settlements.columns if name.endswith(("_paid", "_borne"))]
    payers = [name for name in payers if "self" not in name and name != "deductible_paid"]
    assert len(payers) == 6
    assert clean.settlements.filter(pl.sum_horizontal(payers) != col("total_amount")).is_empty()
