"""Bills that lie close together, against bills that are taken at random."""

from __future__ import annotations

import numpy as np
import pytest

from models.evidence.parts import log_sample, range_surprise

SPREAD = log_sample(np.exp(np.random.default_rng(3).normal(4, 1, 5_000)))


def test_close_amounts_surprise_up_to_a_bound() -> None:
    assert range_surprise([100, 101, 102], SPREAD) == pytest.approx(2 * np.log10(5))
    assert 0 < range_surprise([60, 90, 100], SPREAD) < 2 * np.log10(5)
    assert range_surprise([5, 100, 900], SPREAD) < 0.1


def test_the_chance_is_that_of_a_simulation() -> None:
    draws = np.random.default_rng(4).normal(4, 1, (20_000, 3))
    share = float(np.mean(np.ptp(draws, axis=1) <= np.log(2)))
    assert range_surprise([50, 70, 100], SPREAD) == pytest.approx(-np.log10(share), abs=0.05)


def test_alike_is_usual_where_all_prices_are_alike() -> None:
    assert range_surprise([100, 101, 102], log_sample([101.0] * 50 + [102.0] * 50)) < 0.5


def test_one_amount_or_a_small_sample_has_no_surprise() -> None:
    assert range_surprise([100], SPREAD) == 0.0
    assert range_surprise([100, 100], log_sample([10, 1_000])) == 0.0
