"""Groups on arrays are what a group-by gives, whether the key fits into one integer or not."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from features.collusion.queue import repeated_meetings
from features.visits.groups import grouped


@pytest.mark.parametrize("spread", [1, 2**40], ids=["packed", "too wide to pack"])
def test_groups_are_what_a_group_by_gives(spread: int) -> None:
    keys = np.random.default_rng(3).integers(-4, 4, (3, 500))
    rows = pl.DataFrame({"a": keys[0] * spread, "b": keys[1] * spread, "paid": keys[2]}).with_columns(
        minute=pl.when(pl.col("a") != 0, pl.col("paid") > 0).then("paid")
    )
    each = grouped(rows["a"], rows["b"])
    result = pl.DataFrame(
        {
            "a": each.first(rows["a"]),
            "b": each.first(rows["b"]),
            "rows": each.count(),
            "paid": each.sum(rows["paid"]),
            "most": each.max(rows["paid"]),
            "earliest": each.min(rows["minute"]),
        }
    )
    expected = rows.group_by("a", "b").agg(
        pl.len().cast(pl.Int64).alias("rows"),
        pl.col("paid").sum(),
        pl.col("paid").max().alias("most"),
        pl.col("minute").min().alias("earliest"),
    )
    assert 0 < expected["earliest"].null_count() < expected.height
    assert_frame_equal(result, expected.sort("a", "b"))


def test_meetings_are_the_same_when_the_queue_is_too_wide_to_pack() -> None:
    random = np.random.default_rng(4)
    settled = pl.DataFrame(
        {
            "provider": random.integers(0, 3, 400),
            "person": random.integers(0, 12, 400),
            "minute": random.integers(0, 4000, 400),
            "scheduled": random.random(400) < 0.3,
        }
    )
    near = repeated_meetings(settled, window=30, crowd=40, least_days=2)
    wide = settled.with_columns(pl.col("person") + 2**30, pl.col("provider") + 2**31)
    far = repeated_meetings(
        wide.with_columns(pl.col("provider") - 2**31).vstack(_alone(wide)), window=30, crowd=40, least_days=2
    )
    assert near.height > 20
    assert_frame_equal(
        far.with_columns(pl.col("person_a") - 2**30, pl.col("person_b") - 2**30), near, check_dtypes=False
    )


def _alone(settled: pl.DataFrame) -> pl.DataFrame:
    """A settlement far away in every respect, which leaves no bits to pack."""
    return (
        settled.head(1)
        .with_columns(
            pl.lit(2**31 - 1, dtype=pl.Int64).alias("provider"), (pl.col("minute") + 2**20).alias("minute")
        )
        .select(settled.columns)
    )
