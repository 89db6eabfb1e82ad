"""A frozen distribution answers how large a number is, from a few quantiles."""

import numpy as np
import pytest

from models.frozen import freeze, share_above, tail_levels

NUMBERS = np.sort(np.random.default_rng(3).lognormal(size=5000))
LEVELS = tail_levels(len(NUMBERS))
GRID = freeze(NUMBERS, LEVELS)


def test_shares_agree_with_counting() -> None:
    queried = np.quantile(NUMBERS, [0.3, 0.5, 0.9, 0.99, 0.997])
    counted = np.array([(number <= NUMBERS).mean() for number in queried])
    answered = share_above(queried, GRID, LEVELS, len(NUMBERS))
    assert answered == pytest.approx(counted, rel=0.1)


def test_more_is_always_rarer_even_beyond_the_largest_and_never_impossible() -> None:
    queried = np.sort(np.concatenate([NUMBERS[-300:], NUMBERS[-1] * np.array([1.001, 2, 1e3, 1e9])]))
    answered = share_above(queried, GRID, LEVELS, len(NUMBERS))
    assert (np.diff(answered) < 0).all()
    assert answered[-1] > 0


def test_what_everybody_does_is_no_surprise() -> None:
    grid = freeze(np.zeros(1000), LEVELS)
    assert share_above(np.array([0.0, np.nan, -1.0]), grid, LEVELS, 1000).tolist() == [1, 1, 1]


@pytest.mark.parametrize("size", [1, 4, 30, 1000])
def test_no_step_describes_fewer_than_five_the_extremes_apart(size: int) -> None:
    numbers = np.arange(size, dtype=float)
    grid = freeze(numbers, LEVELS)
    assert len(grid) == len(LEVELS)
    assert (np.diff(grid) >= 0).all()
    assert grid[-1] == numbers[-1]
    # Between the largest and the next stored quantile the grid is a straight line, whatever the numbers there.
    slopes = np.diff(grid) / np.diff(LEVELS)
    interpolated = (1 - LEVELS[:-1]) * size < 5
    assert np.ptp(slopes[interpolated]) == pytest.approx(0, abs=1e-6) if interpolated.any() else True
