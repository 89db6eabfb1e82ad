"""The unit of evidence and its null models, against plain numbers and simulated innocent populations."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import nbinom

from models.evidence.choices import (
    ChoiceHabit,
    binomial_surprise,
    choice_habit,
    hypergeometric_surprise,
)
from models.evidence.counts import count_surprise, fitted_shape, gamma_poisson_surprise, trimmed_rate
from models.evidence.unit import MOST, evidence


def test_evidence_is_what_is_left_of_surprise_after_all_looks() -> None:
    assert evidence([5.0, 2.0, 1.0, 400.0], 100).tolist() == [3.0, 0.0, 0.0, MOST]
    assert evidence([float("nan"), float("inf")], 10).tolist() == [0.0, MOST]


def test_the_surprise_of_a_count_is_its_tail() -> None:
    expected = -np.log10(nbinom.sf(4, 2.0, 2.0 / (2.0 + 1.5)))
    assert gamma_poisson_surprise([5, 0], [1.5, 1.5], 2.0) == pytest.approx([expected, 0.0])


def test_the_surprise_of_a_part_is_that_of_all_choices_as_extreme() -> None:
    """Three of three among the five marked of fifty, two of two of two, and none."""
    expected = [-np.log10(10 / 19_600), 0.0, 0.0]
    assert hypergeometric_surprise([3, 2, 0], [3, 2, 4], [5, 2, 5], [50, 2, 50]) == pytest.approx(expected)


def test_uneven_peers_make_the_same_count_less_surprising() -> None:
    even, uneven = (gamma_poisson_surprise([12], [3.0], shape)[0] for shape in (50.0, 0.5))
    assert even > 2 * uneven


def test_the_shape_of_simulated_peers_is_recovered() -> None:
    source = np.random.default_rng(1)
    exposure = source.uniform(20, 200, 4000)
    counts = source.poisson(0.1 * exposure * source.gamma(3.0, 1 / 3.0, 4000))
    assert fitted_shape(counts, 0.1 * exposure, trim=0.0) == pytest.approx(3.0, rel=0.2)


def test_peers_that_are_what_is_looked_for_do_not_hide_it() -> None:
    counts, exposure = np.r_[np.full(97, 1), np.full(3, 90)], np.full(100, 100.0)
    assert trimmed_rate(counts, exposure) == pytest.approx(0.0101, rel=0.05)
    assert (count_surprise(counts, exposure)[97:] > 20).all()


@pytest.mark.parametrize(("peers", "shape"), [(60, 2.0), (300, 0.7), (300, 20.0)])
def test_innocent_counts_are_evidence_as_often_as_stated(peers: int, shape: float) -> None:
    source, leads, alerts = np.random.default_rng(2), 0, 0
    for _ in range(100):
        exposure = source.uniform(5, 500, peers)
        counts = source.poisson(0.05 * exposure * source.gamma(shape, 1 / shape, peers))
        values = evidence(count_surprise(counts, exposure), peers)
        leads += int((values >= 1).sum())
        alerts += int((values >= 2).sum())
    assert leads <= 20  # ten expected
    assert alerts <= 4  # one expected


def test_few_rows_say_little() -> None:
    exposure = np.r_[np.full(99, 1000.0), 3.0]
    counts = np.r_[np.full(99, 30), 3]  # every row of the smallest
    surprises = count_surprise(counts, exposure)
    assert evidence(surprises, 100)[-1] < 2


def test_the_smallest_chances_keep_their_order_and_value() -> None:
    """All of n choices have the chance of a product, which needs no tail."""
    habit, seen = ChoiceHabit(rate=0.05, likeness=0.02), np.array([40, 60, 80, 100, 120])
    spread = (1 - habit.likeness) / habit.likeness
    in_turn = np.arange(120)
    chances = (habit.rate * spread + in_turn) / (spread + in_turn)
    surprise = habit.surprise(seen, np.full(5, 120))
    assert (np.diff(surprise) > 1).all()
    assert surprise[-1] == pytest.approx(-np.log10(chances).sum())


def test_a_habit_of_likeness_makes_repeated_choices_less_surprising() -> None:
    source = np.random.default_rng(3)
    shares = source.beta(1.0, 4.0, 2000)
    choices = source.integers(4, 30, 2000)
    habit = choice_habit(source.binomial(choices, shares), choices, trim=0.0)
    assert habit.rate == pytest.approx(0.2, abs=0.02)
    assert habit.likeness == pytest.approx(1 / 6, abs=0.03)
    assert habit.surprise([8], [10])[0] < 0.5 * binomial_surprise([8], [10], 0.2)[0]
    assert habit.surprise([], []).tolist() == []
