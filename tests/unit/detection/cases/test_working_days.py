"""Working days of the years whose notice is known, and of the others."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.cases.working_days import calendar

Day = dt.date


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (Day(2026, 10, 1), False),  # National Day, a Thursday
        (Day(2026, 9, 20), True),  # a Sunday worked for it
        (Day(2026, 2, 23), False),
        (Day(2026, 2, 28), True),
        (Day(2025, 10, 8), False),
        (Day(2025, 4, 27), True),
        (Day(2024, 2, 9), True),  # the eve was no day off by the notice
        (Day(2024, 9, 14), True),
        (Day(2026, 11, 30), True),
        (Day(2026, 11, 29), False),
    ],
)
def test_holidays_and_working_weekends_are_those_of_the_notices(day: dt.date, working: bool) -> None:
    assert calendar().is_working(day) is working


def test_working_days_of_a_year_are_counted_by_hand() -> None:
    counts = {
        year: calendar().between(Day(year - 1, 12, 31), Day(year, 12, 31))
        for year in sorted(calendar().years)
    }
    assert counts == {2024: 251, 2025: 248, 2026: 248}


def test_a_clock_jumps_over_the_spring_festival() -> None:
    due = calendar().due(Day(2026, 2, 13), 5)
    assert due.day == Day(2026, 2, 27)  # 14 worked; 15 to 23 off; 24 to 27 worked
    assert due.unknown_years == ()


def test_a_year_without_a_notice_is_stated_and_counts_by_weekday() -> None:
    due = calendar().due(Day(2026, 12, 25), 10)
    assert due.day == Day(2027, 1, 8)
    assert due.unknown_years == (2027,)


@given(st.dates(Day(2024, 1, 1), Day(2026, 11, 1)), st.integers(0, 60))
def test_the_end_of_a_clock_is_a_working_day_so_many_working_days_later(day: dt.date, days: int) -> None:
    due = calendar().due(day, days).day
    assert calendar().between(day, due) == days
    assert days == 0 or calendar().is_working(due)
    assert calendar().between(due, day) == -days
