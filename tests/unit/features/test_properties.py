"""What may not change a feature: the order of rows, the names of people, the presence of others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from support.random_worlds.life import random_life, random_tables
from support.random_worlds.period import FIRST

from features.contract import TABLES, Kind
from features.engine import MemoryBudget, Views, compute
from features.registry import ENTITY_KEYS, Entity, all_features
from features.tables import Tables

pytestmark = pytest.mark.slow

ENTITIES: tuple[Entity, ...] = ("person", "provider", "payer_account")


def _features(tables: Tables, entity: Entity) -> pl.DataFrame:
    return compute(entity, Views(tables))[0]


def _changed(tables: Tables, change: Callable[[str, pl.DataFrame], pl.DataFrame]) -> Tables:
    changed = {name: change(name, frame.to_native().collect()) for name, frame in tables.frames.items()}
    return tables.replacing(**{name: nw.from_native(frame.lazy()) for name, frame in changed.items()})


@pytest.mark.parametrize("entity", ENTITIES)
def test_the_order_of_rows_never_matters(entity: Entity) -> None:
    tables = random_tables(seed=11)
    shuffled = _changed(tables, lambda _, frame: frame.sample(fraction=1, shuffle=True, seed=5))
    assert_frame_equal(_features(shuffled, entity), _features(tables, entity), check_exact=True)


@pytest.mark.parametrize("entity", ENTITIES)
def test_renaming_every_id_changes_only_the_ids(entity: Entity) -> None:
    tables = random_tables(seed=12)
    key = ENTITY_KEYS[entity]
    renamed = _features(_changed(tables, _renamed), entity).with_columns(_backwards(key)).sort(key)
    assert_frame_equal(renamed, _features(tables, entity), check_exact=True)


def _backwards(column: str) -> pl.Expr:
    """An id read from right to left: another name in another order, and undone by itself."""
    return pl.col(column).str.reverse()


def _renamed(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    ids = [column for column in TABLES[name].of_kind(Kind.ID) if not column.endswith("_code")]
    return frame.with_columns(_backwards(column) for column in ids)


def test_an_unrelated_person_leaves_visit_features_of_others_unchanged() -> None:
    world = random_life(seed=13)
    before = _features(world.tables(complete=True), "person")
    day = FIRST + dt.timedelta(days=40)
    row = next(row for row in world.rows["settlements"] if row["settled_at"].date() == day)
    world.add("settlements", **row | {"settlement_id": "new", "person_id": "stranger"})
    after = _features(world.tables(complete=True), "person")
    visit_features = [
        name for name, feature in all_features("person").items() if feature.family == "visit_frequency"
    ]
    columns = ["person_id", *visit_features]
    others = after.filter(pl.col("person_id") != "stranger").select(columns)
    assert_frame_equal(others, before.select(columns), check_exact=True)
    assert len(after) == len(before) + 1


@pytest.mark.parametrize("entity", ENTITIES)
def test_no_feature_is_nan_or_infinite(entity: Entity) -> None:
    values = _features(random_tables(seed=14), entity).drop(ENTITY_KEYS[entity])
    assert (
        values.select(pl.all().is_null() | pl.all().is_finite())
        .select(pl.all_horizontal(pl.all().all()))
        .item()
    )


@pytest.mark.parametrize(
    "budget", [MemoryBudget(), MemoryBudget(20_000, 40_000), MemoryBudget(0, 0)], ids=["all", "some", "none"]
)
def test_features_are_the_same_with_views_in_memory_or_on_disk(budget: MemoryBudget, tmp_path: Path) -> None:
    tables = random_tables(seed=15)
    views = Views(tables, tmp_path, budget)
    for entity in ENTITIES:
        assert_frame_equal(compute(entity, views)[0], _features(tables, entity), check_exact=True)
    written = len(list(tmp_path.iterdir()))
    assert (written > 0) == (budget != MemoryBudget())
    views.to_disk()
    assert {path.stem for path in tmp_path.iterdir()} >= {
        "person_totals",
        "coded_visits",
        "co_presence_pairs",
    }
    assert_frame_equal(compute("person", views)[0], _features(tables, "person"), check_exact=True)
