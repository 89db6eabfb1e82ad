"""Intervals include both ends; a null end is open, a null start or day is unknown."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from features.intervals import covers, holds, overlaps


def _value(expression: nw.Expr, start: int | None, end: int | None, day: int | None = None) -> bool | None:
    schema = dict.fromkeys(("start", "end", "day"), pl.Int32)
    frame = nw.from_native(pl.DataFrame({"start": [start], "end": [end], "day": [day]}, schema=schema))
    value: bool | None = frame.select(result=expression).item()
    return value


@pytest.mark.parametrize(
    ("day", "expected"), [(9, False), (10, True), (15, True), (20, True), (21, False), (None, None)]
)
def test_both_ends_belong_to_an_interval(day: int | None, expected: bool | None) -> None:
    assert _value(holds("start", "end", "day"), 10, 20, day) is expected


@pytest.mark.parametrize(("day", "expected"), [(9, False), (10, True), (99_999, True)])
def test_a_null_end_is_open(day: int, expected: bool) -> None:
    assert _value(holds("start", "end", "day"), 10, None, day) is expected
    assert _value(holds("start", None, "day"), 10, None, day) is expected


def test_a_null_start_is_unknown() -> None:
    assert _value(holds("start", "end", "day"), None, 20, 15) is None
    assert _value(holds("start", "end", "day"), None, 20, 21) is False


@pytest.mark.parametrize(
    ("first", "last", "shares", "all_days"),
    [
        (1, 9, False, False),
        (5, 10, True, False),
        (10, 20, True, True),
        (20, 25, True, False),
        (21, 25, False, False),
    ],
)
def test_spans_overlap_or_are_covered(first: int, last: int, shares: bool, all_days: bool) -> None:
    assert _value(overlaps("start", "end", first, last), 10, 20) is shares
    assert _value(covers("start", "end", first, last), 10, 20) is all_days


def test_an_open_interval_covers_what_begins_inside_it() -> None:
    assert _value(covers("start", "end", 10, 99_999), 10, None) is True
    assert _value(overlaps("start", None, 1, 9), 10, None) is False
