"""Providers against others with the same mix: innocents stay silent, a mix is no evidence, and an excess is."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from detection.evidence.by_kind import by_kind
from models.evidence.others import Prior
from models.evidence.unit import ALERT

PRIOR = Prior(rate=0.02, weight=20.0, most_even=10.0)
RATES = {"usual": 0.02, "often": 0.5}


def city(seed: int, *, places: int = 200, spread: float = 3.0) -> pl.DataFrame:
    """Innocent providers whose own rates differ like a gamma distribution."""
    chance = np.random.default_rng(seed)
    rows = [
        (f"p{place:03}", kind, exposure, int(chance.binomial(exposure, min(1.0, rate * own))))
        for place in range(places)
        for own in [chance.gamma(spread, 1 / spread)]
        for kind, rate in RATES.items()
        for exposure in [int(chance.integers(5, 200))]
    ]
    return pl.DataFrame(rows, schema=["provider_id", "kind", "exposure", "seen"], orient="row")


@pytest.mark.parametrize("seed", range(5))
def test_innocent_providers_are_no_alert(seed: int) -> None:
    places = by_kind(city(seed), PRIOR)
    assert places["observed"].sum() > 0
    assert places.filter(pl.col("value") >= ALERT).is_empty()


def test_a_provider_that_only_does_what_is_often_repeated_is_expected_to() -> None:
    mix = pl.DataFrame(
        {"provider_id": ["x"], "kind": ["often"], "exposure": [1000], "seen": [500]}, schema=city(1).schema
    )
    place = by_kind(pl.concat([city(1), mix]), PRIOR).filter(provider_id="x")
    assert place["expected"].item() == pytest.approx(500, rel=0.2)
    assert place["value"].item() == 0


def test_a_provider_that_repeats_what_others_do_not_is_an_alert() -> None:
    excess = pl.DataFrame(
        {"provider_id": ["x"], "kind": ["usual"], "exposure": [400], "seen": [360]}, schema=city(1).schema
    )
    place = by_kind(pl.concat([city(1), excess]), PRIOR).filter(provider_id="x")
    assert place["value"].item() >= ALERT


def test_few_of_few_are_no_alert() -> None:
    small = pl.DataFrame(
        {"provider_id": ["x"], "kind": ["usual"], "exposure": [2], "seen": [1]}, schema=city(1).schema
    )
    assert by_kind(pl.concat([city(1), small]), PRIOR).filter(provider_id="x")["value"].item() < ALERT


def test_a_second_provider_does_not_hide_behind_the_first() -> None:
    extreme = [("x", "usual", 60, 49), ("y", "usual", 50, 11)]
    quiet = [(f"p{place:02}", "usual", 80, 0) for place in range(25)]
    cells = pl.DataFrame(quiet + extreme, schema=city(1).schema, orient="row")
    alerts = [
        by_kind(cells, PRIOR, outliers_apart=apart).filter(pl.col("value") >= ALERT)["provider_id"].to_list()
        for apart in (False, True)
    ]
    assert alerts == [["x"], ["x", "y"]]


def test_what_most_providers_do_is_how_the_fund_works() -> None:
    habit = [(f"p{place:02}", "usual", 100, 40 if place % 2 else 0) for place in range(40)]
    cells = pl.DataFrame(habit, schema=city(1).schema, orient="row")
    assert by_kind(cells, PRIOR, outliers_apart=True).filter(pl.col("value") >= ALERT).is_empty()


def test_each_of_two_looks_pays_for_both() -> None:
    excess = pl.DataFrame(
        {"provider_id": ["x"], "kind": ["usual"], "exposure": [100], "seen": [25]}, schema=city(1).schema
    )
    cells = pl.concat([city(1), excess])
    single, both = (
        by_kind(cells, PRIOR, comparisons=comparisons).filter(provider_id="x")["value"].item()
        for comparisons in (1, 2)
    )
    assert 0 < both < 6
    assert single - both == pytest.approx(np.log10(2), abs=1e-4)


def test_a_sixth_of_the_providers_do_not_hide_behind_each_other() -> None:
    extreme = [(f"x{place}", "usual", 80, 30) for place in range(5)]
    quiet = [(f"p{place:02}", "usual", 80, place % 2) for place in range(25)]
    cells = pl.DataFrame(quiet + extreme, schema=city(1).schema, orient="row")
    alerts = [
        by_kind(cells, PRIOR, outliers_apart=apart).filter(pl.col("value") >= ALERT)["provider_id"].to_list()
        for apart in (False, True)
    ]
    assert alerts == [[], ["x0", "x1", "x2", "x3", "x4"]]


@pytest.mark.parametrize("seed", range(5))
def test_the_highest_innocents_are_peers_again(seed: int) -> None:
    places = by_kind(city(seed, places=40), PRIOR, outliers_apart=True)
    assert places.filter(pl.col("value") >= ALERT).is_empty()
