"""Weeks against all other weeks, and cases that raise each other."""

from __future__ import annotations

import numpy as np
import pytest

from models.evidence.other_weeks import weeks_surprise, with_others_as_rare


def _others(count: int) -> np.ndarray:
    return np.exp(np.random.default_rng(5).exponential(0.3, count))


def test_innocent_weeks_are_as_surprising_as_they_are_rare() -> None:
    others = _others(2_000)
    fresh = np.exp(np.random.default_rng(6).exponential(0.3, 100_000))
    surprise = weeks_surprise(fresh, others, weeks=2_000)
    assert (surprise > 0).any()
    assert (surprise >= 3).mean() == pytest.approx(0.001, rel=0.5)
    assert (surprise >= 2).mean() == pytest.approx(0.01, rel=0.5)


def test_other_weeks_without_a_measure_make_a_measure_rarer() -> None:
    others = _others(2_000)
    usual, many = (weeks_surprise([50.0], others, weeks=weeks)[0] for weeks in (2_000, 200_000))
    assert many == pytest.approx(usual + 2)


def test_hardly_any_other_weeks_say_nothing() -> None:
    assert weeks_surprise([50.0], _others(20), weeks=1_000).tolist() == [0.0]


def test_cases_as_rare_raise_each_other_and_a_lone_case_stays() -> None:
    raised = with_others_as_rare([0.0, 1.0, 1.6, 1.6, 1.6])
    assert raised[0] == 0
    assert raised[1] == pytest.approx(1.0 + np.log10(4))
    assert raised[2:] == pytest.approx([1.6 + np.log10(3)] * 3)
    assert with_others_as_rare([1.6]).tolist() == [1.6]


def test_a_wave_raises_no_case_beyond_measure() -> None:
    assert with_others_as_rare([1.0] * 500).tolist() == pytest.approx([1.0 + np.log10(5)] * 500)
