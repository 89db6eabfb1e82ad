"""The busiest hour of each day of a place, how busy its own calendar lets one expect that hour to be, and who comes."""

from __future__ import annotations

import numpy as np
import polars as pl

_HOUR = 60
_WEEK = 7
_AROUND = (-2, -1, 1, 2)
"""Days whose crowds excuse a day: a sale and a wave of illness last longer than one."""
_PLACE_DAY = ["provider_id", "day"]


def busiest_hours(visits: pl.DataFrame) -> pl.DataFrame:
    """The hour with most people of each day of a place, the first of several.

    Args:
        visits: provider_id, day, minute (since 1970-01-01); a person once a day and place.

    Returns:
        provider_id, day, people, begins (minute); sorted.
    """
    ordered = visits.sort("provider_id", "minute").with_columns(
        place=(pl.col("provider_id").rle_id()).cast(pl.Int64)
    )
    minute = ordered["minute"].to_numpy().astype(np.int64)
    apart = int(minute.max() - minute.min() + 2 * _HOUR) if len(minute) else 0
    line = ordered["place"].to_numpy() * apart + minute
    people = np.searchsorted(line, line + _HOUR, side="left") - np.arange(len(line))
    return (
        ordered.with_columns(people=pl.Series(people, dtype=pl.Int64))
        .sort(*_PLACE_DAY, "people", "minute", descending=[False, False, True, False])
        .unique(_PLACE_DAY, keep="first", maintain_order=True)
        .select(*_PLACE_DAY, "people", begins="minute")
    )


def of_one_employer(present: pl.DataFrame, employments: pl.DataFrame) -> pl.DataFrame:
    """Hours of which half of the people, or more, have one employer: a check-up of its staff.

    Args:
        present: provider_id, day, person_id; the people of the hours.
        employments: person_id, employer_id.

    Returns:
        provider_id and day.
    """
    people = present.select(*_PLACE_DAY, "person_id").unique()
    whole = people.group_by(_PLACE_DAY).agg(all=pl.len())
    employed = people.join(employments.drop_nulls().unique(), on="person_id")
    largest = (
        employed.group_by(*_PLACE_DAY, "employer_id").agg(colleagues=pl.len()).join(whole, on=_PLACE_DAY)
    )
    return largest.filter(2 * pl.col("colleagues") >= pl.col("all")).select(_PLACE_DAY).unique()


def expected_people(hours: pl.DataFrame) -> pl.Series:
    """People in the busiest hour that the place's other days let one expect, the most lenient of several.

    Its other days; those of the weekday, for a market; those of the day of the month, for members' days; the two days
    before and after, for a sale or a wave of illness. At least one.

    Args:
        hours: from `busiest_hours`.
    """
    calendar = hours.with_columns(
        weekday=pl.col("day") % _WEEK, of_month=pl.col("day").cast(pl.Int32).cast(pl.Date).dt.day()
    )
    shifted = [hours.select("provider_id", pl.col("day") + days, "people") for days in _AROUND]
    around = pl.concat(shifted).group_by(_PLACE_DAY).agg(around=pl.col("people").sum() / len(_AROUND))
    return (
        calendar.join(around, on=_PLACE_DAY, how="left", maintain_order="left")
        .select(
            pl.max_horizontal(
                _of_others("provider_id"),
                _of_others("provider_id", "weekday"),
                _of_others("provider_id", "of_month"),
                pl.col("around").fill_null(0.0),
                pl.lit(1.0),
            ).alias("expected")
        )
        .to_series()
    )


def _of_others(*keys: str) -> pl.Expr:
    """Mean of the other days with the same keys; 0 without one."""
    sums, days = pl.col("people").sum().over(keys), pl.len().over(keys).cast(pl.Int64)
    return (sums - pl.col("people")) / (days - 1).clip(1)
