"""A kernel is a faster way to the same view, row for row."""

from __future__ import annotations

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from support.random_worlds.life import random_tables

from features.engine import Views
from features.registry import all_kernels, all_views


@pytest.mark.parametrize("seed", [21, 22])
@pytest.mark.parametrize("name", all_kernels())
def test_a_kernel_gives_what_the_view_defines(name: str, seed: int) -> None:
    views = Views(random_tables(seed=seed))
    defined: pl.DataFrame = (
        all_views()[name].build(*(views[read] for read in all_views()[name].reads)).to_native().collect()
    )
    assert len(defined) > 0
    _same(views[name].to_native().collect(), defined)


@pytest.mark.parametrize("name", all_kernels())
def test_a_kernel_accepts_tables_without_rows(name: str) -> None:
    world = random_tables(seed=23)
    empty = world.replacing(**{table: frame.head(0) for table, frame in world.frames.items()})
    assert Views(empty)[name].to_native().collect().is_empty()


def _same(actual: pl.DataFrame, defined: pl.DataFrame) -> None:
    columns = sorted(defined.columns)
    assert_frame_equal(
        actual.select(columns).sort(columns), defined.select(columns).sort(columns), check_exact=True
    )
