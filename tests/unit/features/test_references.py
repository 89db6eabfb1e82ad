"""Every feature agrees with a slow, obvious reference on random worlds."""

from __future__ import annotations

import math

import pytest
from reference.registry import DataSet, references
from support.random_worlds.life import random_tables
from support.world import without

from features.engine import Views, compute
from features.registry import ENTITY_KEYS, all_features
from features.tables import Tables

pytestmark = pytest.mark.slow

LACKING = (
    "persons.region_code",
    "providers.district_code",
    "settlements.prescriber_id",
    "family_authorizations",
)


def test_every_feature_has_a_reference_and_every_reference_a_feature() -> None:
    assert set(references()) == set(all_features()), "write it in tests/reference/*_reference.py"


@pytest.mark.parametrize("seed", range(6))
def test_features_equal_their_references(seed: int) -> None:
    _agree(random_tables(seed=seed))


@pytest.mark.parametrize("seed", [1, 2])
def test_features_equal_their_references_in_a_sparse_world(seed: int) -> None:
    _agree(random_tables(seed=seed, persons=60, providers=20, settlements=150))


def test_features_equal_their_references_without_reversals_and_optional_columns() -> None:
    lacking = ("settlements.reverses_settlement_id", "settlements.mutual_aid_paid", *LACKING)
    _agree(without(random_tables(seed=7), *lacking))


def _agree(tables: Tables) -> None:
    data = DataSet(tables)
    views = Views(tables)
    known = references()
    for entity, key in ENTITY_KEYS.items():
        frame, left_out = compute(entity, views)
        assert set(frame.columns) - {key} | set(left_out) == set(all_features(entity))
        for name in sorted(set(frame.columns) & set(known)):
            expected = known[name](data)
            for identity, value in frame.select(key, name).iter_rows():
                assert _same(value, expected.get(identity)), (name, identity, value, expected.get(identity))


def _same(value: float | None, expected: float | None) -> bool:
    if value is None or expected is None:
        return value is expected
    if isinstance(expected, int):
        return value == expected
    return math.isclose(value, expected, rel_tol=1e-12, abs_tol=1e-12)
