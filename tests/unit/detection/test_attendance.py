"""The matrix of days and people, counted by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from detection.attendance import CLOSE_MINUTES, Attendance, Visit, attendance

FIRST, SECOND = dt.date(2024, 3, 1), dt.date(2024, 3, 8)
NINE = 9 * 60


def closeness(matrix: Attendance) -> dict[tuple[int, str], int]:
    return {(day.day, person): cell.close for (day, person), cell in matrix.cells.items()}


def test_who_came_on_which_day() -> None:
    matrix = attendance(
        [
            Visit(SECOND, "a", "shop", NINE),
            Visit(FIRST, "a", "clinic", NINE),
            Visit(FIRST, "b", "shop", NINE),
            Visit(SECOND, "a", "shop", NINE - 60),
        ]
    )
    assert (matrix.people, matrix.days, matrix.places) == (("a", "b"), (FIRST, SECOND), ("shop", "clinic"))
    assert [matrix.present(day) for day in matrix.days] == [2, 1]
    assert [matrix.days_of(person) for person in matrix.people] == [2, 1]
    assert [visit.minute for visit in matrix.cells[SECOND, "a"].visits] == [NINE - 60, NINE]
    assert (SECOND, "b") not in matrix.cells


@pytest.mark.parametrize(
    ("minutes", "place", "day", "close"),
    [
        (0, "shop", FIRST, 1),
        (CLOSE_MINUTES, "shop", FIRST, 1),
        (CLOSE_MINUTES + 1, "shop", FIRST, 0),
        (0, "clinic", FIRST, 0),
        (0, "shop", SECOND, 0),
    ],
)
def test_people_at_one_place_within_minutes_are_close(
    minutes: int, place: str, day: dt.date, close: int
) -> None:
    matrix = attendance([Visit(FIRST, "a", "shop", NINE), Visit(day, "b", place, NINE + minutes)])
    assert closeness(matrix) == {(1, "a"): close, (day.day, "b"): close}


def test_a_person_is_not_close_to_itself_and_counts_once() -> None:
    matrix = attendance(
        [
            Visit(FIRST, "a", "shop", NINE),
            Visit(FIRST, "a", "shop", NINE + 1),
            Visit(FIRST, "b", "shop", NINE),
        ]
    )
    assert closeness(matrix) == {(1, "a"): 1, (1, "b"): 1}


def test_without_times_there_is_nothing_to_mark() -> None:
    matrix = attendance([Visit(FIRST, "a", "shop"), Visit(FIRST, "b", "shop")])
    assert closeness(matrix) == {(1, "a"): 0, (1, "b"): 0}
    assert not matrix.knows_minutes
    assert attendance([Visit(FIRST, "a", "shop", 0)]).knows_minutes


def test_a_group_without_visits_has_an_empty_matrix() -> None:
    assert attendance([]) == Attendance((), (), (), {})
