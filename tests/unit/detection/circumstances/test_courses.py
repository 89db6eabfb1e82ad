"""Courses come back at even distances, and their patients are at home for longer than in bed."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from detection.circumstances.bills.courses import even_rhythms, planned_stays


def stays(admitted: list[int], nights: int) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "provider_id": "h1",
            "person_id": "bo",
            "kind": "C34",
            "admitted_day": admitted,
            "discharged_day": [day + nights for day in admitted],
        }
    )


def test_a_cycle_is_a_plan() -> None:
    assert planned_stays(stays([0, 14, 28, 43, 57], 3)).height == 1


@pytest.mark.parametrize(
    ("admitted", "nights"),
    [
        ([0, 9, 18, 27], 9),  # without a day at home
        ([0, 12, 24, 36], 8),  # at home for less than in bed
        ([0, 12, 20, 60], 3),  # uneven
        ([0, 14], 3),  # no rhythm
    ],
)
def test_parts_of_a_long_stay_are_no_plan(admitted: list[int], nights: int) -> None:
    assert planned_stays(stays(admitted, nights)).is_empty()


@pytest.mark.parametrize("seed", range(3))
def test_days_by_chance_are_rarely_even(seed: int) -> None:
    chance = np.random.default_rng(seed)
    rows = [(person, int(day)) for person in range(200) for day in chance.choice(500, 8, replace=False)]
    days = pl.DataFrame(rows, schema=["person_id", "day"], orient="row")
    assert even_rhythms(days, ["person_id"], "day").height <= 20
