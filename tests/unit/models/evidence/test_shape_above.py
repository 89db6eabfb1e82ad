"""How far peers exceed a lenient expectation, and that staying below it says nothing."""

from __future__ import annotations

import numpy as np
import pytest

from models.evidence.counts import SHAPES, fitted_shape, gamma_poisson_surprise, shape_above


def test_peers_that_stay_below_a_lenient_expectation_are_not_uneven() -> None:
    draw = np.random.default_rng(1)
    lenient = draw.uniform(2, 8, 4000)
    seen = draw.poisson(lenient * draw.choice([0.1, 1.0], 4000))
    assert shape_above(seen, lenient) > 4 * fitted_shape(seen, lenient)


@pytest.mark.parametrize("shape", [1.0, 4.0])
def test_uneven_peers_are_at_least_as_uneven_as_they_are(shape: float) -> None:
    """Counts are skewed, so the upper half makes peers look rather more uneven: an innocent one is not accused."""
    draw = np.random.default_rng(2)
    expected = draw.uniform(2, 8, 20_000)
    seen = draw.poisson(expected * draw.gamma(shape, 1 / shape, 20_000))
    estimated = shape_above(seen, expected, trim=0)
    assert 0.4 * shape < estimated <= 1.05 * shape
    surprise = gamma_poisson_surprise(seen, expected, estimated)
    assert (surprise >= 2).mean() <= 0.012


def test_few_peers_give_the_widest_usual_shape_and_even_ones_the_largest() -> None:
    assert shape_above(np.ones(19), np.ones(19)) == 1.0
    assert shape_above(np.full(30, 5), np.full(30, 5.0)) == SHAPES[1]
