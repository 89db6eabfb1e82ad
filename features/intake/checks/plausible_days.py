"""The days between which settlements are believed: a wrong digit in one date must not set the period of all."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from features.intake.tolerances import Tolerances


@dataclass(frozen=True)
class PlausibleDays:
    """First and last day number that a settlement may have; both inclusive."""

    first: int
    last: int

    @property
    def within(self) -> pl.Expr:
        """Whether a settlement's day lies between them."""
        return pl.col("settled_day").is_between(self.first, self.last)


def plausible_days(settlements: pl.LazyFrame, allowed: Tolerances) -> PlausibleDays | None:
    """The plausible days of a data set; None without a settlement.

    The last is `Tolerances.far_future_days` after the day by which most settlements were made. The first is the day
    after a pause of more than `Tolerances.far_past_pause` days with very few settlements before it.

    Args:
        settlements: with ``settled_day``.
        allowed: tolerances.
    """
    days = settlements.group_by("settled_day").agg(rows=pl.len().cast(pl.Int64)).sort("settled_day").collect()
    if days.is_empty():
        return None
    total = int(days["rows"].sum())
    return PlausibleDays(
        _first(days, total, allowed), _usual_last(days, total, allowed) + allowed.far_future_days
    )


def _usual_last(days: pl.DataFrame, total: int, allowed: Tolerances) -> int:
    """The day by which the usual share of settlements was made."""
    position = int((total - 1) * allowed.far_future_share)
    return int(days.filter(pl.col("rows").cum_sum() > position)["settled_day"][0])


def _first(days: pl.DataFrame, total: int, allowed: Tolerances) -> int:
    pauses = days.with_columns(
        pause=pl.col("settled_day") - pl.col("settled_day").shift(1),
        before=pl.col("rows").cum_sum() - pl.col("rows"),
    ).filter(pl.col("pause") > allowed.far_past_pause, pl.col("before") <= total * allowed.far_past_share)
    first = days if pauses.is_empty() else pauses.tail(1)
    return int(first["settled_day"][0])
