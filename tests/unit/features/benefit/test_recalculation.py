"""The recalculation agrees with a clerk's calculator to the fen, whatever shape the policy has."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from reference.clerk import Clerk
from reference.pricing import Due, in_fen
from reference.registry import DataSet
from support.random_worlds.care import random_care
from support.random_worlds.policies import random_policy
from support.world import World

from features.benefit import not_repriced, recalculated, steps
from features.policy import Policy, load_policy
from features.registry import Frame

NEW_YEAR, OCTOBER = dt.date(2023, 1, 1), dt.date(2022, 10, 1)
EXPECTED = ("expected_deductible", "expected_pool", "expected_second")


def ids_left(care: World, by: Policy) -> list[str]:
    frame: pl.LazyFrame = not_repriced(*frames(care), by).to_native()
    return sorted(frame.collect()["settlement_id"])


def frames(care: World) -> tuple[Frame, Frame]:
    tables = care.tables(complete=True)
    return tables.settlements, tables.providers


def priced(care: World, by: Policy) -> pl.DataFrame:
    frame: pl.LazyFrame = recalculated(*frames(care), by).to_native()
    return frame.collect().sort("settlement_id")


def price_by_hand(care: World, by: Policy) -> dict[str, Due]:
    return Clerk(by, DataSet(care.tables(complete=True))).price()


def compare_with_clerk(care: World, by: Policy) -> int:
    """Compare every price with the clerk's; returns how many there were."""
    prices = {row[0]: list(row[1:]) for row in priced(care, by).select("settlement_id", *EXPECTED).rows()}
    assert prices == {name: in_fen(price) for name, price in price_by_hand(care, by).items()}
    return len(prices)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("start", [NEW_YEAR, OCTOBER])
def test_any_shape_in_any_world(seed: int, start: dt.date) -> None:
    assert compare_with_clerk(random_care(seed, start), random_policy(start, seed)) > 20


@pytest.mark.parametrize("mode", ["annual", "per_visit", "none"])
@pytest.mark.parametrize("first_year", ["full", "prorated"])
@pytest.mark.parametrize("layer", [False, [{"ratio": 0.3333, "cap": 99.99}]])
def test_each_deductible_with_each_first_year_and_layer(mode: str, first_year: str, layer: Any) -> None:
    by = random_policy(OCTOBER, 5, deductible_mode=mode, first_year=first_year, second_layer=layer)
    assert compare_with_clerk(random_care(7, OCTOBER), by) > 20


@pytest.mark.parametrize(("area", "start"), [("320600", NEW_YEAR), ("150200", OCTOBER)])
def test_the_illustrative_values_of_both_areas(area: str, start: dt.date) -> None:
    by = load_policy(area, profile="illustrative")
    assert compare_with_clerk(random_care(3, start, 900), by) > 50


@pytest.mark.parametrize("seed", range(6))
def test_after_an_empty_cell_nothing_of_that_year_is_priced_and_all_of_it_is_left(seed: int) -> None:
    by = random_policy(NEW_YEAR, seed)
    care, gaps = (random_care(seed, NEW_YEAR, 600, gaps=gaps) for gaps in (False, True))
    assert 0 < compare_with_clerk(gaps, by) < len(priced(care, by))
    unpriced = price_by_hand(care, by).keys() - price_by_hand(gaps, by).keys()
    assert ids_left(gaps, by) == sorted(unpriced)


@pytest.mark.parametrize(("mode", "due"), [("none", 0), ("annual", 100_00)])
def test_a_refund_of_last_year_adds_nothing_to_the_deductible_of_this_year(mode: str, due: int) -> None:
    """It counts in the year of its own day of service, where it may come first."""
    care = World()
    care.provider("m1", provider_kind="clinic", level="primary", pooled_outpatient_from=NEW_YEAR)
    refund = {"deductible_paid": "-80.00", "in_scope_amount": "-300.00", "total_amount": "-300.00"}
    care.settlement("ann", "m1", "2024-01-02 09:00", care_type="outpatient", **refund)
    visit = {"deductible_paid": "0.00", "in_scope_amount": "300.00", "total_amount": "300.00"}
    care.settlement("ann", "m1", "2024-01-03 09:00", care_type="outpatient", **visit)
    for row in care.rows["settlements"]:
        row["service_date"] = row["settled_at"].date()
    by = random_policy(NEW_YEAR, 1, deductible_mode=mode, deductible=[{"value": 100}])
    assert priced(care, by)["expected_deductible"].to_list() == [due]
    assert compare_with_clerk(care, by) == 1


def test_row_order_never_matters() -> None:
    care, by = random_care(1, NEW_YEAR), random_policy(NEW_YEAR, 1)
    before = priced(care, by)
    care.rows["settlements"].reverse()
    assert priced(care, by).equals(before)


def test_without_known_values_nothing_is_repriced_and_every_row_is_listed_as_left() -> None:
    care, unverified = random_care(2, NEW_YEAR), load_policy("150200")
    assert priced(care, unverified).is_empty()
    known = load_policy("320600", profile="illustrative")
    assert set(priced(care, known)["settlement_id"]) <= set(ids_left(care, unverified))


def test_without_any_policy_there_is_no_ordinary_care() -> None:
    assert priced(random_care(2, NEW_YEAR), Policy("none")).is_empty()


def test_the_steps_lead_from_the_cost_to_what_is_due() -> None:
    by = load_policy("150200", profile="illustrative")
    for row in priced(random_care(3, OCTOBER, 900), by).iter_rows(named=True):
        priced_steps = steps(row, by)
        amounts = {step.name: step.fen for step in priced_steps}
        assert amounts["in_scope"] - amounts["deductible"] == amounts["eligible"]
        assert sum(fen for name, fen in amounts.items() if name.startswith("segment_")) == row["eligible"]
        assert min(amounts["uncapped"], amounts["cap_left"]) == amounts["pool"] == row["expected_pool"]
        assert amounts["difference"] == row["pool_paid"] - row["expected_pool"]
        assert all(step.en and step.zh for step in priced_steps)
