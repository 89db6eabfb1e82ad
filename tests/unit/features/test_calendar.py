"""Dates, day numbers and months are converted into each other without loss."""

from __future__ import annotations

import datetime as dt

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from features.calendar import (
    date_of,
    day_number,
    first_date,
    first_day,
    last_date,
    last_day,
    month_index,
    month_of_day,
    month_of_time,
    month_text,
)


def test_the_epoch_is_day_zero() -> None:
    assert day_number(dt.date(1970, 1, 1)) == 0
    assert day_number(dt.date(1969, 12, 31)) == -1
    assert date_of(19_723) == dt.date(2024, 1, 1)


@pytest.mark.parametrize(
    ("day", "text"), [(dt.date(2024, 1, 1), "2024-01"), (dt.date(2024, 12, 31), "2024-12")]
)
def test_a_month_is_written_with_its_year(day: dt.date, text: str) -> None:
    assert month_text(month_index(day)) == text


def test_a_month_begins_and_ends_at_its_edges() -> None:
    february = month_index(dt.date(2024, 2, 29))
    assert (first_date(february), last_date(february)) == (dt.date(2024, 2, 1), dt.date(2024, 2, 29))


def test_expressions_agree_with_dates_on_every_day() -> None:
    dates = pl.date_range(dt.date(1899, 12, 1), dt.date(2101, 3, 31), eager=True)
    frame = nw.from_native(pl.DataFrame({"date": dates, "day": dates.cast(pl.Int32)}))
    result = frame.select(
        by_time=month_of_time("date"),
        by_day=month_of_day(nw.col("day")),
        first=first_day(month_of_time("date")),
        last=last_day(month_of_time("date")),
    ).to_native()
    months = [month_index(day) for day in dates]
    assert result["by_time"].to_list() == result["by_day"].to_list() == months
    assert result["first"].to_list() == [day_number(first_date(month)) for month in months]
    assert result["last"].to_list() == [day_number(last_date(month)) for month in months]
