"""The tail of a measurement among peers."""

from __future__ import annotations

import numpy as np
import pytest

from models.evidence.extremes import tail_surprise


def test_an_exponential_tail_has_the_surprise_of_its_own_chance() -> None:
    values = np.random.default_rng(1).exponential(0.3, 100_000)
    surprise = tail_surprise(values)
    for level in (1.0, 2.0, 3.0):
        assert (surprise >= level).mean() == pytest.approx(10**-level, rel=0.2)


def test_a_tenth_of_extreme_peers_hardly_changes_the_slope() -> None:
    values = np.random.default_rng(2).exponential(0.3, 10_000)
    far = np.append(values, np.full(1_000, 9.0))
    assert tail_surprise(far)[-1] > 0.7 * tail_surprise(np.append(values, 9.0))[-1]


def test_surprise_grows_with_the_value_and_is_nothing_below_the_median() -> None:
    surprise = tail_surprise(np.arange(100.0))
    assert (surprise[:50] == 0).all()
    assert (np.diff(surprise[50:]) > 0).all()


def test_few_peers_have_no_tail() -> None:
    assert not tail_surprise(np.append(np.zeros(18), 100.0)).any()
