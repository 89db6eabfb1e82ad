"""Rows that crowd: a number of rows of one group within a number of days."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw


def n_within(n: int, days: int, *, day: str, over: Sequence[str], order_by: Sequence[str]) -> nw.Expr:
    """Whether a row belongs to ``n`` successive rows of its group that lie within ``days`` days.

    The first and the last of the rows are at most ``days - 1`` apart: one day is within one day.

    Args:
        n: how many rows, at least 1.
        days: how many days, the first and the last included.
        day: column of day numbers.
        over: columns that name the group.
        order_by: columns that order it, by day first.
    """
    crowded = nw.lit(False)
    for before in range(n):  # the row may be any of the successive rows
        first = nw.col(day).shift(before).over(*over, order_by=order_by)
        last = nw.col(day).shift(before - n + 1).over(*over, order_by=order_by)
        crowded = crowded | (last - first < days).fill_null(False)
    return crowded
