"""The busiest hour of a day, and which crowds the calendar of a place announces."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from detection.circumstances.operators.crowds import busiest_hours, expected_people, of_one_employer

FIRST = (dt.date(2024, 1, 1) - dt.date(1970, 1, 1)).days
DAYS = 120
CROWD = 30
DAY = 24 * 60


def hours(*crowded: int) -> pl.DataFrame:
    """One person in the busiest hour of each day of a place, and a crowd on some of the days."""
    people = [CROWD if day in crowded else 1 for day in range(DAYS)]
    days = pl.Series("day", [FIRST + day for day in range(DAYS)], pl.Int32)
    return pl.DataFrame({"provider_id": ["p1"] * DAYS, "day": days, "people": people})


def of_month(day: int) -> list[int]:
    dates = [dt.date(2024, 1, 1) + dt.timedelta(each) for each in range(DAYS)]
    return [number for number, date in enumerate(dates) if date.day == day]


def test_a_crowd_that_nothing_announces_is_not_expected() -> None:
    expected = expected_people(hours(3, 13, 29, 46))
    assert expected[3] < 4
    assert expected[1] < 16, "a day next to it is excused by half of its crowd at most"


@pytest.mark.parametrize(
    "crowded",
    [list(range(3, DAYS, 7)), of_month(8), [50, 51, 52, 53, 54]],
    ids=["a market", "members' days", "a sale"],
)
def test_a_crowd_of_the_calendar_is_expected(crowded: list[int]) -> None:
    expected = expected_people(hours(*crowded))
    assert len(crowded) >= 4
    assert min(expected[day] for day in crowded) >= CROWD / 2


def test_the_busiest_hour_is_no_calendar_hour_and_no_mix_of_places() -> None:
    minutes = {"p1": [50, 70, 100, 300, 310], "p2": [110, 500]}
    rows = [(place, FIRST, FIRST * DAY + each) for place, times in minutes.items() for each in times]
    visits = pl.DataFrame(
        rows, schema={"provider_id": pl.String, "day": pl.Int32, "minute": pl.Int64}, orient="row"
    )
    expected = [("p1", FIRST, 3, FIRST * DAY + 50), ("p2", FIRST, 1, FIRST * DAY + 110)]
    assert busiest_hours(visits).rows() == expected
    assert busiest_hours(visits.clear()).is_empty()


@pytest.mark.parametrize(("colleagues", "hours_of_staff"), [(6, 1), (5, 1), (4, 0)])
def test_half_of_one_employer_is_a_check_up(colleagues: int, hours_of_staff: int) -> None:
    people = [f"m{number}" for number in range(10)]
    present = pl.DataFrame({"provider_id": "p1", "day": FIRST, "person_id": people})
    employers = ["e1" if number < colleagues else f"e{number}" for number in range(10)]
    employments = pl.DataFrame({"person_id": people, "employer_id": employers})
    assert of_one_employer(present, employments).height == hours_of_staff
