"""Properties of every rule on any data: row order, ids, and stricter thresholds."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from support.golden import RANDOM_WORLDS, assert_up_to_date
from support.rule_properties import RULES, SEEDS, context_for, detector_for, hits, with_tables

from detection.detectors.catalogue import catalogue
from detection.detectors.hits import evidence_ids, evidence_keys
from detection.detectors.runner import evaluate
from features.contract import TABLES, Kind

pytestmark = pytest.mark.slow

THRESHOLDS = [
    (rule, name, dated[-1].stricter)
    for rule in RULES
    for name, dated in catalogue()[rule].card.thresholds.values.items()
    if dated[-1].stricter
]
NOT_NAMES = ("pooling_area", "programme_code", "region_code", "district_code")
SAME = ["subject_id", "cause", "strength", "member_id", "pool", "account"]


def test_the_rules_that_random_worlds_exercise_are_those_of_the_golden_list() -> None:
    """A rule that loses its hits in the random worlds shows as a difference."""
    assert_up_to_date(RANDOM_WORLDS)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_hits_in_its_worlds(rule: str) -> None:
    assert all(len(hits(rule, context_for(rule, seed))) for seed in SEEDS)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("seed", SEEDS)
def test_row_order_never_matters(rule: str, seed: int) -> None:
    context = context_for(rule, seed)
    tables = context.whole
    shuffled = {
        name: nw.from_native(frame.to_native().collect().sample(fraction=1, shuffle=True, seed=seed).lazy())
        for name, frame in tables.frames.items()
    }
    assert hits(rule, with_tables(context, tables.replacing(**shuffled))).equals(hits(rule, context))


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("seed", SEEDS)
def test_renaming_all_ids_changes_only_ids(rule: str, seed: int) -> None:
    context = context_for(rule, seed)
    tables = context.whole
    named = {name: nw.from_native(renamed(name, frame.to_native())) for name, frame in tables.frames.items()}
    same = [*evidence_keys(catalogue()[rule].card), *SAME]
    actual = hits(rule, with_tables(context, tables.replacing(**named))).select(same)
    expected = hits(rule, context).select(same)
    # A violation too common to be one is a single case of the area, whose code is no name.
    is_area = pl.col("subject_id") == context.area
    renamed_ids = {
        name: pl.col(name).map_elements(new_key, return_dtype=pl.String)
        for name in same
        if name in ("settlement_id", "record_id", "subject_id", "member_id")
    }
    renamed_ids["subject_id"] = pl.when(is_area).then("subject_id").otherwise(renamed_ids["subject_id"])
    assert actual.sort(same).equals(expected.with_columns(**renamed_ids).sort(same))


def renamed(table: str, frame: pl.LazyFrame) -> pl.LazyFrame:
    ids = [name for name in TABLES[table].of_kind(Kind.ID) if name not in NOT_NAMES]
    return frame.with_columns(pl.col(name).map_elements(new_name, return_dtype=pl.String) for name in ids)


def new_name(old: str) -> str:
    """Another name, in another order: the old one backwards."""
    return f"x{old[::-1]}"


def new_key(old: str) -> str:
    """Of a key in several parts, the first is an id."""
    first, *others = old.split("/")
    return "/".join([new_name(first), *others])


@pytest.mark.parametrize(("rule", "threshold", "stricter"), THRESHOLDS)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_stricter_threshold_never_adds_hits(rule: str, threshold: str, stricter: str, seed: int) -> None:
    detector = detector_for(rule)
    current = detector.card.thresholds.at(threshold, dt.date.max).value
    assert isinstance(current, int | float)
    value = int(current)
    most = 100 if threshold.endswith("percentile") else 2 * value + 3
    values = sorted({max(value // 2, min(value, 1)), value, value + 1, most}, reverse=stricter == "lower")
    by_value = [
        set(
            evidence_ids(
                detector.card,
                evaluate(detector.with_thresholds({threshold: each}), context_for(rule, seed)).hits,
            )
        )
        for each in values
    ]
    assert by_value[0]
    assert all(strict <= loose for loose, strict in pairwise(by_value))
