"""Payments of several other funds: what lawful layers pay lies within bounds, and what none explains lies outside."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.random_worlds.care import random_care
from support.random_worlds.policies import random_policy

from features.benefit import recalculated, with_layers
from features.policy import Policy, PolicyValue, check_folder

START = dt.date(2023, 1, 1)
TABLES = random_care(4, START, 300).tables(complete=True)
CARE = TABLES.settlements.filter(nw.col("reverses_settlement_id").is_null(), nw.col("total_amount") >= 0)
SECOND = ({"ratio": 0.5, "cap": 300},)
BY = random_policy(START, 4, deductible_mode="annual", second_layer=list(SECOND), rounding="down")
PEOPLE = sorted(set(CARE.select("person_id").to_native().collect()["person_id"]))
EMPLOYED = pl.LazyFrame(
    {
        "person_id": PEOPLE,
        "employer_id": [("e1", "e2", None)[number % 3] for number in range(len(PEOPLE))],
        "status": "active",
        "start_day": 0,
        "end_day": pl.Series([None] * len(PEOPLE), dtype=pl.Int32),
        "end_unknown": [number % 5 == 0 for number in range(len(PEOPLE))],
    }
)
LAYER = st.fixed_dictionaries(
    {
        "layer": st.just("subsidy"),
        "of": st.sampled_from(["above_cap", "own_share", "deductible"]),
        "ratio": st.integers(0, 10_000).map(lambda parts: parts / 10_000),
        "cap": st.integers(0, 400),
    },
    optional={
        "person_category": st.sampled_from(["active", "retired"]),
        "employers": st.sampled_from([["e1"], ["e2"], ["e1", "e2"], ["e9"]]),
    },
)


def named(layers: Sequence[Mapping[str, Any]]) -> Policy:
    value = PolicyValue(START, None, "layers", "notice", "verified", tuple(layers))
    return replace(BY, parameters={**BY.parameters, "benefit.further_layers": (value,)})


def bounds(policy: Policy, paid: Mapping[str, int] | None = None) -> list[dict[str, Any]]:
    care = CARE
    if paid is not None:
        amounts = pl.LazyFrame({"settlement_id": list(paid), "other_fund_paid": list(paid.values())})
        care = CARE.drop("other_fund_paid").join(nw.from_native(amounts), on="settlement_id", how="left")
    priced = recalculated(care, TABLES.providers, policy)
    times = CARE.select("settlement_id", "settled_at")
    frame = with_layers(priced, nw.from_native(EMPLOYED), policy).join(times, on="settlement_id")
    return list(frame.to_native().collect().sort("settled_at", "settlement_id").iter_rows(named=True))


def lawful(rows: Sequence[Mapping[str, Any]], layers: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """What every layer pays in the order of settlement, each with its own cap; fen by settlement."""
    used: Counter[tuple[str, int, int]] = Counter()
    employer = dict(EMPLOYED.select("person_id", "employer_id").collect().rows())
    paid = {}
    for row in rows:
        who = (row["person_id"], row["benefit_year"])
        second = min(row["uncovered"] * 5_000 // 10_000, 300_00 - used[*who, -1])
        used[*who, -1] += second
        paid[row["settlement_id"]] = second
        bases = {
            "above_cap": row["uncovered"],
            "deductible": row["expected_deductible"],
            "own_share": max(row["eligible"] - row["expected_pool"] - second, 0),
        }
        for number, layer in enumerate(layers):
            if layer.get("person_category", row["person_category"]) != row["person_category"]:
                continue
            if employer[row["person_id"]] not in layer.get("employers", [employer[row["person_id"]]]):
                continue
            due = bases[layer["of"]] * round(layer["ratio"] * 10_000) // 10_000
            part = min(due, layer["cap"] * 100 - used[*who, number])
            used[*who, number] += part
            paid[row["settlement_id"]] += part
    return paid


@settings(max_examples=15)
@given(st.lists(LAYER, min_size=1, max_size=3))
def test_what_lawful_layers_pay_is_never_outside_the_bounds(layers: list[dict[str, Any]]) -> None:
    policy = named(layers)
    paid = lawful(bounds(policy), layers)
    assert len(paid) > 100
    for row in bounds(policy, paid):
        assert row["other_least"] <= row["other_fund_paid"] <= row["other_most"]


def test_what_no_layer_explains_is_outside() -> None:
    layers = [{"layer": "subsidy", "of": "own_share", "ratio": 0.5, "cap": 100, "employers": ["e1"]}]
    policy = named(layers)
    paid = lawful(bounds(policy), layers)
    rows = bounds(policy, {name: fen + 500_00 for name, fen in paid.items()})
    assert rows and all(row["other_fund_paid"] > row["other_most"] for row in rows)


def test_without_further_layers_the_second_is_due_exactly() -> None:
    rows = bounds(BY)
    assert any(row["expected_second"] for row in rows)
    assert all(row["other_least"] == row["other_most"] == row["expected_second"] for row in rows)


FILE = """
area = "999999"
[label]
en = "A"
zh = "A"
[benefit.further_layers]
en = "Further layers"
zh = "其他补助层"
[[benefit.further_layers.values]]
from = 2024-01-01
unit = "layers"
source = "notice 1"
status = "verified"
rows = [{rows}]
"""
ROW = 'layer = "subsidy", of = "own_share", ratio = 0.5, cap = 100'


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (f"{{ {ROW} }}, {{ {ROW} }}", "hold for the same people"),
        (f'{{ {ROW}, person_category = "active" }}, {{ {ROW} }}', "hold for the same people"),
        (f'{{ {ROW}, employers = ["a", "b"] }}, {{ {ROW}, employers = ["b"] }}', "hold for the same people"),
        ('{ layer = "subsidy", of = "everything", ratio = 0.5, cap = 1 }', "is not one of above_cap"),
        ('{ of = "deductible", ratio = 0.5, cap = 1 }', "lacks 'layer'"),
        (f"{{ {ROW}, employers = [] }}", "employers"),
        (f'{{ {ROW}, employers = ["a"] }}, {{ {ROW}, employers = ["b"] }}', ""),
        (f'{{ {ROW} }}, {{ layer = "other", of = "above_cap", ratio = 1, cap = 2 }}', ""),
    ],
)
def test_a_file_with_layers_names_what_is_wrong(tmp_path: Path, rows: str, problem: str) -> None:
    (tmp_path / "999999_a.toml").write_text(FILE.replace("{rows}", rows), encoding="utf-8")
    problems, warnings = check_folder(tmp_path)
    assert not warnings
    assert [problem in each for each in problems] == ([True] if problem else [])
