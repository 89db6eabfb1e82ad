"""The recalculation agrees with a clerk's calculator to the fen, whatever shape the policy has."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from reference.clerk import Clerk
from reference.pricing import in_fen
from support.benefit_worlds import frames, places, policy, settlements, with_gaps

from features.benefit import not_repriced, recalculated, steps
from features.policy import Policy, load_policy

NEW_YEAR, OCTOBER = dt.date(2023, 1, 1), dt.date(2022, 10, 1)
EXPECTED = ("expected_deductible", "expected_pool", "expected_second")


def priced(made: list[dict[str, Any]], providers: Any, by: Policy) -> pl.DataFrame:
    frame: pl.LazyFrame = recalculated(*frames(made, providers), by).to_native()
    return frame.collect().sort("settlement_id")


def compare_with_clerk(made: list[dict[str, Any]], providers: Any, by: Policy) -> int:
    """Compare every price with the clerk's; returns how many there were."""
    due = Clerk(by, providers).price(made)
    prices = {
        row[0]: list(row[1:]) for row in priced(made, providers, by).select("settlement_id", *EXPECTED).rows()
    }
    assert prices == {name: in_fen(price) for name, price in due.items()}
    return len(prices)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("start", [NEW_YEAR, OCTOBER])
def test_any_shape_in_any_world(seed: int, start: dt.date) -> None:
    assert compare_with_clerk(settlements(seed, start), places(seed, start), policy(start, seed)) > 20


@pytest.mark.parametrize("mode", ["annual", "per_visit", "none"])
@pytest.mark.parametrize("first_year", ["full", "prorated"])
@pytest.mark.parametrize("layer", [False, [{"ratio": 0.3333, "cap": 99.99}]])
def test_each_deductible_with_each_first_year_and_layer(mode: str, first_year: str, layer: Any) -> None:
    by = policy(OCTOBER, 5, deductible_mode=mode, first_year=first_year, second_layer=layer)
    assert compare_with_clerk(settlements(7, OCTOBER), places(7, OCTOBER), by) > 20


@pytest.mark.parametrize(("area", "start"), [("320600", NEW_YEAR), ("150200", OCTOBER)])
def test_the_illustrative_values_of_both_areas(area: str, start: dt.date) -> None:
    by = load_policy(area, profile="illustrative")
    assert compare_with_clerk(settlements(3, start, 900), places(3, start), by) > 50


@pytest.mark.parametrize("seed", range(6))
def test_after_an_empty_cell_nothing_of_that_year_is_priced_and_all_of_it_is_left(seed: int) -> None:
    made, providers, by = settlements(seed, NEW_YEAR, 600), places(seed, NEW_YEAR), policy(NEW_YEAR, seed)
    gaps = with_gaps(made, seed)
    assert 0 < compare_with_clerk(gaps, providers, by) < len(priced(made, providers, by))
    left: pl.LazyFrame = not_repriced(*frames(gaps, providers), by).to_native()
    unpriced = set(Clerk(by, providers).price(made)) - set(Clerk(by, providers).price(gaps))
    assert sorted(left.collect()["settlement_id"]) == sorted(unpriced)


def test_row_order_never_matters() -> None:
    made, providers, by = settlements(1, NEW_YEAR), places(1, NEW_YEAR), policy(NEW_YEAR, 1)
    assert priced(made, providers, by).equals(priced(made[::-1], providers, by))


def test_without_known_values_nothing_is_repriced_and_every_row_is_listed_as_left() -> None:
    made, providers = settlements(2, NEW_YEAR), places(2, NEW_YEAR)
    unverified = load_policy("150200")
    assert priced(made, providers, unverified).is_empty()
    left: pl.LazyFrame = not_repriced(*frames(made, providers), unverified).to_native()
    known = load_policy("320600", profile="illustrative")
    ordinary = set(left.collect()["settlement_id"])
    assert set(priced(made, providers, known)["settlement_id"]) <= ordinary


def test_without_any_policy_there_is_no_ordinary_care() -> None:
    made, providers = settlements(2, NEW_YEAR), places(2, NEW_YEAR)
    assert priced(made, providers, Policy("none")).is_empty()


def test_the_steps_lead_from_the_cost_to_what_is_due() -> None:
    made, providers = settlements(3, OCTOBER, 900), places(3, OCTOBER)
    by = load_policy("150200", profile="illustrative")
    for row in priced(made, providers, by).iter_rows(named=True):
        priced_steps = steps(row, by)
        amounts = {step.name: step.fen for step in priced_steps}
        assert amounts["in_scope"] - amounts["deductible"] == amounts["eligible"]
        assert sum(fen for name, fen in amounts.items() if name.startswith("segment_")) == row["eligible"]
        assert min(amounts["uncapped"], amounts["cap_left"]) == amounts["pool"] == row["expected_pool"]
        assert amounts["difference"] == row["pool_paid"] - row["expected_pool"]
        assert all(step.en and step.zh for step in priced_steps)
