"""Days that keep to a cycle, and days that do not."""

from __future__ import annotations

import numpy as np
import pytest

from models.meetings.cycles import CYCLES, cycle_surprise

RUNS = 400


@pytest.mark.parametrize("length", [5, 7, 10, 14])
def test_a_cycle_with_gaps_and_moved_days_surprises(length: int) -> None:
    kept = [0, 1, 2, 4, 5, 7, 8, 10, 11, 12, 14, 15]
    days = np.array(kept) * length
    days[[3, 8]] += 1
    assert cycle_surprise(days + 19_800) > 2


def test_market_days_by_the_moon_surprise() -> None:
    days = np.round(np.arange(24) * CYCLES[-2] + 0.3)
    assert cycle_surprise(days) > 4


def test_the_order_of_the_days_does_not_matter() -> None:
    days = np.arange(9) * 7
    assert cycle_surprise(days[::-1]) == pytest.approx(cycle_surprise(days))


@pytest.mark.parametrize("count", [0, 1, 2, 4])
def test_few_days_say_nothing(count: int) -> None:
    assert cycle_surprise(np.arange(count) * 7) < 1


def test_days_at_random_surprise_as_often_as_chance_says() -> None:
    rng = np.random.default_rng(7)
    surprises = [cycle_surprise(rng.choice(400, 15, replace=False)) for _ in range(RUNS)]
    for level in (1.0, 1.3):
        assert np.mean(np.array(surprises) >= level) <= 10**-level * 1.3
