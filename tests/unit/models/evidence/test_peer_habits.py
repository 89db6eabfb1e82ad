"""Habits of a population that may hold what is looked for."""

from __future__ import annotations

import numpy as np
import pytest

from models.evidence.peer_habits import peer_habit, peer_surprise, without_extremes


def test_the_most_extreme_of_a_few_is_no_yardstick_for_itself() -> None:
    seen, choices = [4, 0, 0, 0, 0, 0, 0], [4] * 7
    assert peer_habit(seen, choices).rate == pytest.approx(0.5 / 25)
    assert peer_surprise(seen, choices)[0] > 4


def test_what_all_do_is_no_surprise() -> None:
    assert peer_surprise([4] * 8, [4] * 8).max() < 0.5


def test_without_a_choice_there_is_no_surprise() -> None:
    assert peer_surprise([0, 0], [0, 0]).tolist() == [0.0, 0.0]


def test_at_least_one_and_an_eighth_of_many_are_left_out() -> None:
    assert without_extremes([0.2, 0.9, 0.1]).tolist() == [2, 0]
    assert len(without_extremes(np.linspace(0, 1, 50))) == 44


@pytest.mark.parametrize("accounts", [40, 400])
def test_few_cheats_leave_the_habit_of_the_others(accounts: int) -> None:
    rng = np.random.default_rng(1)
    seen = np.concatenate([rng.binomial(10, 0.1, accounts), [10, 10]])
    assert peer_habit(seen, np.full(accounts + 2, 10)).rate == pytest.approx(0.1, abs=0.04)
