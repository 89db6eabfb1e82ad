"""The days of a group: when its members were together, and how often chance would bring them together.

Chance is estimated from everybody else: the group's own visits are left out of the crowd, because people who come
together would themselves make the crowd that explains them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
from scipy.special import gammainc

from models.chance import Habits, calendar, habits


@dataclass(frozen=True)
class Places:
    """Where candidates could meet.

    Attributes:
        calendar: day, month of the whole period.
        visits: everybody's visits by provider.
    """

    calendar: pl.DataFrame
    visits: Mapping[str, pl.DataFrame]


def places(visits: pl.DataFrame, own: pl.DataFrame) -> Places:
    """The providers that candidates go to, with everybody's visits, ready to be queried group by group.

    Args:
        visits: person_id, provider_id, day, month, first_minute.
        own: those of the candidates.
    """
    shared = visits.join(own.select("provider_id").unique(), on="provider_id", how="semi")
    by_provider = shared.partition_by("provider_id", as_dict=True)
    return Places(calendar(visits), {str(key[0]): part for key, part in by_provider.items()})


def days_together(
    visits: pl.DataFrame, family: Mapping[str, str], window: int, together: int
) -> pl.DataFrame:
    """Members who were at one provider within the window with enough others of the group.

    Returns:
        provider_id, day, person_id; sorted.
    """
    present = (
        visits.filter(pl.col("person_id").is_in(list(family)))
        .select("provider_id", "day", "first_minute", "person_id")
        .with_columns(family=pl.col("person_id").replace_strict(family, return_dtype=pl.String))
    )
    near = (
        present.join(present, on=["provider_id", "day"], suffix="_other")
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


def expected_days(own: pl.DataFrame, where: Places, together: int, cap: float) -> float:
    """Days on which enough members would be together by chance: their habits, the crowd of the others.

    Args:
        own: the members' visits.
        where: the providers that they go to.
        together: number of people who make a day of the group.
        cap: a day's crowd counts at most this many times its weekday's expectation.
    """
    habit = (
        own.group_by("provider_id", "month")
        .agg(visits=pl.len(), people=pl.col("person_id").n_unique())
        .filter(pl.col("people") >= together)  # fewer could never be together
    )
    crowds = [where.visits[provider] for provider in habit["provider_id"].unique().sort()]
    others = pl.concat([own.clear(), *crowds]).join(
        own.select("person_id").unique(), on="person_id", how="anti"
    )
    cells = _cells(habit, habits(others, where.calendar, cap), where.calendar)
    chance = gammainc(together, (cells["expected"] * cells["window"]).to_numpy())
    by_day = cells.select("provider_id", "day", chance=pl.Series(chance, dtype=pl.Float64))
    daily = by_day.group_by("provider_id", "day").agg(pl.col("chance").sort().sum().clip(upper_bound=1.0))
    return float(daily["chance"].sort().sum())


def _cells(own: pl.DataFrame, others: Habits, days: pl.DataFrame) -> pl.DataFrame:
    """Provider, day and slot, with the members expected on the day and the share of it in slot and next.

    Where no other person goes in a month, every day is as likely; where no other person ever goes, all come at once.
    """
    even = days.with_columns(even=1 / pl.len().over("month"))
    expected = (
        own.join(even, on="month")
        .join(others.days, on=["provider_id", "month", "day"], how="left")
        .with_columns(expected=pl.col("visits") * pl.coalesce("share", "even"))
    )
    return (
        expected.select("provider_id", "day", "expected")
        .join(others.hours.select("provider_id", "slot", "window"), on="provider_id", how="left")
        .with_columns(pl.col("window").fill_null(1.0))
        .sort("provider_id", "day", "slot")
    )
