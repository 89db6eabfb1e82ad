"""Numbers of scenes and twins lie in their ranges, have heavy tails, and every planted instance has a strength."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_samples import plays, scenes, twins
from data_samples.city import simulate
from data_samples.magnitudes import magnitudes
from data_samples.ranges import STRENGTHS, Ranges

TABLES = magnitudes()["ranges"]
PAIRS = [
    (kind, table, name)
    for kind, tables in TABLES.items()
    for table, ranges in tables.items()
    for name in ranges
    if name != "why"
]


def ranges_of(kind: str, table: str, strength: int = 1, most_people: int = 100) -> Ranges:
    return Ranges(TABLES[kind][table], strength, most_people)


def test_every_scene_has_ranges_with_a_reason_and_draws_from_each_of_them() -> None:
    for kind, package in (("scenes", scenes), ("twins", twins)):
        modules = {module.__name__.rsplit(".", 1)[1]: module for module in plays.plays(package)}
        assert set(TABLES[kind]) <= set(modules)
        assert kind == "twins" or set(TABLES[kind]) == set(modules)
        for table, ranges in TABLES[kind].items():
            assert len(ranges["why"]) > 10
            code = Path(str(modules[table].__file__)).read_text(encoding="utf-8")
            assert [name for name in ranges if name != "why" and f'"{name}"' not in code] == []


@pytest.mark.parametrize(("kind", "table", "name"), PAIRS)
def test_each_range_is_in_order_and_grows_or_shrinks_with_strength(kind: str, table: str, name: str) -> None:
    pairs = [ranges_of(kind, table, strength).pair(name) for strength in STRENGTHS]
    assert all(least <= most for least, most in pairs)
    assert kind == "scenes" or pairs[0] == pairs[2]
    for edge in zip(*pairs, strict=True):
        assert list(edge) in (sorted(edge), sorted(edge, reverse=True))


@given(
    low=st.integers(1, 50),
    width=st.integers(0, 500),
    most=st.integers(1, 600),
    seed=st.integers(0, 2**32 - 1),
)
def test_whole_numbers_and_sums_lie_within_their_range(low: int, width: int, most: int, seed: int) -> None:
    ranges = Ranges({"n": [low, low + width]}, 1, most)
    rng = np.random.default_rng(seed)
    counts = ranges.counts(rng, "n", 50)
    assert ((counts >= low) & (counts <= low + width)).all()
    assert (ranges.counts(rng, "n", 50, most) <= most).all()
    assert low <= ranges.people(rng, "n") <= max(low, min(low + width, most))
    sums = ranges.fen(rng, "n", 50)
    assert ((sums >= 100 * low) & (sums <= 100 * (low + width))).all()


def test_most_numbers_are_small_and_some_are_very_large() -> None:
    ranges, rng = Ranges({"n": [10, 200]}, 1, 1000), np.random.default_rng(1)
    counts = ranges.counts(rng, "n", 20_000)
    assert np.median(counts) < 25
    assert (counts > 100).mean() > 0.01
    assert counts.max() >= 190


def test_each_planted_instance_has_a_strength_and_no_lookalike_has(city: Any) -> None:
    strengths = city.planted.group_by("instance_id").agg(pl.col("strength").unique())
    assert strengths["strength"].list.len().to_list() == [1] * strengths.height
    counts = strengths["strength"].list.first().value_counts().sort("strength")
    assert counts["strength"].to_list() == list(STRENGTHS)
    assert counts["count"].min() > 0.8 * counts["count"].max()
    assert "strength" not in city.lookalikes.columns


def test_stronger_scenes_are_larger(town: Any) -> None:
    for typology, kind in (("card_concentration", "person"), ("professional_buyer", "settlement")):
        named = (pl.col("typology") == typology) & (pl.col("entity_kind") == kind)
        sizes = town.planted.filter(named).group_by("strength", "instance_id").len()
        means = sizes.group_by("strength").agg(pl.col("len").mean()).sort("strength")["len"].to_list()
        assert means == sorted(means)
        assert means[2] > 1.5 * means[0]


@pytest.mark.slow
def test_a_city_can_be_cast_with_some_strengths_only(tmp_path: Path) -> None:
    simulate(tmp_path / "city", persons=1_000, months=3, seed=7, area="320600", strengths=(2, 3))
    planted = pl.read_parquet(tmp_path / "city" / "truth" / "entities.parquet")
    assert set(planted["strength"]) == {2, 3}
    description = json.loads((tmp_path / "city" / "SIMULATED.json").read_text(encoding="utf-8"))
    assert description["strengths"] == [2, 3]
