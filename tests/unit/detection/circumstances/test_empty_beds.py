"""Stays are in question where a hospital differs from several others."""

from __future__ import annotations

import polars as pl
import pytest

from detection.circumstances.in_hospital.empty_beds import EmptyBeds


def stays_in_question(people: int, value: float, others: int) -> int:
    """How many are in question, at a hospital with so many people and so much evidence next to others without."""
    stays = pl.DataFrame(
        {
            "person_id": [f"a{number}" for number in range(people)],
            "hospital_id": ["h0"] * people,
            "from_day": [10] * people,
            "to_day": [14] * people,
        }
    )
    hospitals = pl.DataFrame(
        {
            "provider_id": [f"h{number}" for number in range(others + 1)],
            "observed": [people] + [0] * others,
            "expected": [0.2] * (others + 1),
            "value": [value] + [0.0] * others,
        }
    )
    return EmptyBeds(stays, hospitals).in_question(2.0).height


@pytest.mark.parametrize(("others", "stays"), [(1, 0), (2, 4)])
def test_a_single_other_hospital_puts_no_stay_in_question(others: int, stays: int) -> None:
    assert stays_in_question(4, 3.0, others) == stays


@pytest.mark.parametrize(("people", "value", "stays"), [(2, 2.5, 2), (2, 1.5, 0), (1, 6.0, 0)])
def test_two_people_suffice_where_chance_does_not(people: int, value: float, stays: int) -> None:
    assert stays_in_question(people, value, 2) == stays
