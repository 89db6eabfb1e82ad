"""Stays are in question where a hospital differs from several others."""

from __future__ import annotations

import polars as pl
import pytest

from detection.circumstances.in_hospital.empty_beds import EmptyBeds


@pytest.mark.parametrize(("others", "stays_in_question"), [(1, 0), (2, 4)])
def test_a_single_other_hospital_puts_no_stay_in_question(others: int, stays_in_question: int) -> None:
    stays = pl.DataFrame(
        {
            "person_id": [f"a{number}" for number in range(4)],
            "hospital_id": ["h0"] * 4,
            "from_day": [10] * 4,
            "to_day": [14] * 4,
        }
    )
    hospitals = pl.DataFrame(
        {
            "provider_id": [f"h{number}" for number in range(others + 1)],
            "observed": [4] + [0] * others,
            "expected": [0.2] * (others + 1),
            "value": [3.0] + [0.0] * others,
        }
    )
    assert EmptyBeds(stays, hospitals).in_question(2.0).height == stays_in_question
