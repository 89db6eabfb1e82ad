"""A value that prices a part of the settlements leaves out those alone, and says which they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import polars as pl
import pytest
from support.random_worlds.care import random_care
from support.random_worlds.policies import random_policy
from support.world.cells import Row as Settled

from features.benefit import not_repriced, recalculated
from features.policy import Policy, PolicyValue
from features.policy.categories import Row

START = dt.date(2022, 10, 1)
WORLD = random_care(4, START, 600)
TABLES = WORLD.tables(complete=True)
MADE = WORLD.rows["settlements"]
PLACES = {row["provider_id"]: row for row in WORLD.rows["providers"]}
KNOWN = random_policy(
    START,
    4,
    pharmacy_needs_prescription=True,
    first_year="prorated",
    deductible_mode="annual",
    second_layer=[{"ratio": 0.5, "cap": 300}],
)
KIND = {name: place["provider_kind"] for name, place in PLACES.items()}
LEVEL = {name: place["level"] for name, place in PLACES.items()}
CONCERNED: dict[str, Callable[[Settled], bool]] = {
    "benefit.pharmacy_level": lambda row: KIND[row["provider_id"]] == "pharmacy",
    "benefit.ungraded_level": lambda row: (
        LEVEL[row["provider_id"]] == "ungraded" and KIND[row["provider_id"]] != "pharmacy"
    ),
    "benefit.first_year": lambda row: row["service_date"].year == START.year,
    "benefit.deductible": lambda row: True,
    "benefit.ratio": lambda row: True,
}


def without(name: str) -> Policy:
    unverified = (PolicyValue(START, None, "", "not read", "unknown"),)
    return replace(KNOWN, parameters={**KNOWN.parameters, name: unverified})


def priced(by: Policy) -> pl.DataFrame:
    frame: pl.LazyFrame = recalculated(TABLES.settlements, TABLES.providers, by).to_native()
    return frame.collect().sort("settlement_id")


def left(by: Policy) -> set[str]:
    frame: pl.LazyFrame = not_repriced(TABLES.settlements, TABLES.providers, by).to_native()
    return set(frame.collect()["settlement_id"])


@pytest.mark.parametrize("name", CONCERNED)
def test_only_what_needs_the_value_is_left_and_the_rest_has_its_price(name: str) -> None:
    concerned = {row["settlement_id"] for row in MADE if CONCERNED[name](row)}
    of_them = pl.col("settlement_id").is_in(sorted(concerned))
    before, by = priced(KNOWN), without(name)
    assert before.filter(of_them).height > 0
    assert priced(by).equals(before.filter(~of_them))
    assert left(by) == set(before.filter(of_them)["settlement_id"])


def test_whether_a_purchase_needs_a_prescription_concerns_those_without_one() -> None:
    by = without("benefit.pharmacy_needs_prescription")
    assert priced(by).equals(priced(KNOWN))
    not_priced = left(by)
    doubtful = [row for row in MADE if row["settlement_id"] in not_priced]
    assert {(row["care_type"], row["prescription_no"]) for row in doubtful} == {("pharmacy", None)}


def test_without_the_second_layer_the_pool_is_priced_all_the_same() -> None:
    by = without("benefit.second_layer")
    of_the_layer = ("expected_second", "uncapped_second", "layer_cap")
    assert priced(by).drop(of_the_layer).equals(priced(KNOWN).drop(of_the_layer))
    assert priced(by)["expected_second"].null_count() == priced(KNOWN).height


def test_a_category_without_a_row_is_left() -> None:
    rows: tuple[Row, ...] = ({"person_category": "retired", "value": 900.0},)
    cap = (PolicyValue(START, None, "yuan", "notice", "verified", rows),)
    by = replace(KNOWN, parameters={**KNOWN.parameters, "benefit.annual_cap": cap})
    assert set(priced(by)["person_category"]) == {"retired"}
    others = {row["settlement_id"] for row in MADE if row["person_category"] != "retired"}
    assert left(by) <= others
