"""The days of a group: when its members were together, and how often chance would have it.

Chance is judged against everybody else: the group's own visits are left out of the crowd, because people
who come together would make the very crowd that explains them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl
from scipy.special import gammainc

from models.chance import Habits, calendar, habits


def days_together(
    visits: pl.DataFrame, family: Mapping[str, str], window: int, together: int
) -> pl.DataFrame:
    """Members who were at one provider within the window with enough others of the group.

    Returns:
        provider_id, day, person_id; sorted.
    """
    there = (
        visits.filter(pl.col("person_id").is_in(list(family)))
        .select("provider_id", "day", "first_minute", "person_id")
        .with_columns(family=pl.col("person_id").replace_strict(family, return_dtype=pl.String))
    )
    near = (
        there.join(there, on=["provider_id", "day"], suffix="_other")
        .with_columns(later=pl.col("first_minute_other") - pl.col("first_minute"))
        .filter(pl.col("later").is_between(0, window))
    )
    start = ["provider_id", "day", "first_minute"]
    enough = near.group_by(start).agg(families=pl.col("family_other").n_unique())
    windows = enough.filter(pl.col("families") >= together).select(start)
    return (
        near.join(windows, on=start)
        .select("provider_id", "day", person_id="person_id_other")
        .unique()
        .sort("provider_id", "day", "person_id")
    )


def expected_days(visits: pl.DataFrame, members: Sequence[str], together: int, cap: float) -> float:
    """Days on which enough members would be together by chance: their habits, the crowd of the others."""
    mine = pl.col("person_id").is_in(list(members))
    own = (
        visits.filter(mine)
        .group_by("provider_id", "month")
        .agg(visits=pl.len(), people=pl.col("person_id").n_unique())
        .filter(pl.col("people") >= together)  # fewer could never be together
    )
    others = visits.filter(~mine).join(own, on="provider_id", how="semi")
    cells = _cells(own, habits(others, calendar(visits), cap), calendar(visits))
    chance = gammainc(together, (cells["there"] * cells["window"]).to_numpy())
    by_day = cells.select("provider_id", "day", chance=pl.Series(chance, dtype=pl.Float64))
    daily = by_day.group_by("provider_id", "day").agg(pl.col("chance").sort().sum().clip(upper_bound=1.0))
    return float(daily["chance"].sort().sum())


def _cells(own: pl.DataFrame, others: Habits, days: pl.DataFrame) -> pl.DataFrame:
    """Provider, day and slot, with the members expected on the day and the share of it in slot and next.

    Where nobody else goes in a month every day is as likely; where nobody else ever goes, all come at once.
    """
    even = days.with_columns(even=1 / pl.len().over("month"))
    there = (
        own.join(even, on="month")
        .join(others.days, on=["provider_id", "month", "day"], how="left")
        .with_columns(there=pl.col("visits") * pl.coalesce("share", "even"))
    )
    return (
        there.select("provider_id", "day", "there")
        .join(others.hours.select("provider_id", "slot", "window"), on="provider_id", how="left")
        .with_columns(pl.col("window").fill_null(1.0))
        .sort("provider_id", "day", "slot")
    )
