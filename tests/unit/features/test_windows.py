"""A row is crowded when it is one of n successive rows within d days."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from features.windows import n_within


def _crowded(days: list[int], n: int, within: int) -> list[bool]:
    frame = nw.from_native(pl.DataFrame({"who": "a", "day": days, "id": range(len(days))}))
    crowded = n_within(n, within, day="day", over=["who"], order_by=["day", "id"])
    values: list[bool] = frame.with_columns(crowded=crowded)["crowded"].to_list()
    return values


def test_the_first_and_the_last_day_count() -> None:
    assert _crowded([1, 2, 3], 3, 3) == [True, True, True]
    assert _crowded([1, 2, 4], 3, 3) == [False, False, False]


def test_rows_of_one_day_are_within_one_day() -> None:
    assert _crowded([5, 5, 6], 2, 1) == [True, True, False]


def test_groups_are_apart() -> None:
    frame = nw.from_native(pl.DataFrame({"who": ["a", "b", "a"], "day": [1, 1, 9]}))
    crowded = n_within(2, 3, day="day", over=["who"], order_by=["day"])
    assert not frame.with_columns(crowded=crowded)["crowded"].any()


@settings(deadline=None)
@given(st.lists(st.integers(0, 20), min_size=1, max_size=8), st.integers(1, 4), st.integers(1, 6))
def test_windows_agree_with_counting_by_hand(days: list[int], n: int, within: int) -> None:
    days = sorted(days)
    runs = [set(range(at, at + n)) for at in range(len(days) - n + 1) if days[at + n - 1] - days[at] < within]
    assert _crowded(days, n, within) == [any(row in run for run in runs) for row in range(len(days))]
