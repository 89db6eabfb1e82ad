"""The limitation of a penalty: years from the first and the last day of the evidence."""

from __future__ import annotations

import datetime as dt

import pytest

from detection.cases.limitation import harmed, limitation
from detection.cases.limits import limits
from detection.cases.moves import Done

MARCH, JUNE = dt.date(2024, 3, 1), dt.date(2024, 6, 30)


def test_two_years_from_the_first_and_the_last_act_and_five_after_harm() -> None:
    limit = limitation(MARCH, JUNE, ())
    assert (limit.years, limit.first, limit.last) == (2, dt.date(2026, 3, 1), dt.date(2026, 6, 30))
    harm = limitation(MARCH, JUNE, [Done("record_harm", "li")])
    assert (harm.years, harm.first, harm.last) == (5, dt.date(2029, 3, 1), dt.date(2029, 6, 30))
    assert limitation(MARCH, JUNE, [Done("record_harm", "li"), Done("withdraw_harm", "zhao")]) == limit


def test_a_record_of_another_kind_says_nothing_of_harm() -> None:
    assert not harmed([Done("note", "li")])
    assert harmed([Done("withdraw_harm", "li"), Done("record_harm", "li"), Done("note", "li")])


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (dt.date(2026, 3, 1), dt.date(2026, 3, 1)),
        (dt.date(2026, 3, 2), dt.date(2026, 6, 30)),
        (dt.date(2026, 7, 1), None),
    ],
)
def test_the_next_day_is_the_first_that_is_not_over(today: dt.date, day: dt.date | None) -> None:
    assert limitation(MARCH, JUNE, ()).next(today) == day


def test_a_limitation_is_near_from_so_many_days_before_until_it_is_over() -> None:
    limit, before = limitation(MARCH, MARCH, ()), dt.timedelta(days=limits().limitation_near)
    assert not limit.near(limit.first - before - dt.timedelta(days=1))
    assert limit.near(limit.first - before)
    assert limit.near(limit.first)
    assert not limit.near(limit.first + dt.timedelta(days=1))


def test_a_leap_day_ends_on_the_last_of_february() -> None:
    assert limitation(dt.date(2024, 2, 29), JUNE, ()).first == dt.date(2026, 2, 28)
