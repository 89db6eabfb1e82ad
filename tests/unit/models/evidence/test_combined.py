"""Several signs of one case: together they are as rare as simulated, and a sample's rarest value is not impossible."""

from __future__ import annotations

import numpy as np
import pytest

from models.evidence.combined import amount_surprise, fisher, rank_surprise, rarity
from models.evidence.unit import ALERT, evidence

PLACES, THINGS = 200, 50


@pytest.mark.parametrize("signs", [1, 2, 3])
@pytest.mark.parametrize("least", [0.5, 1.0, 2.0])
def test_signs_together_are_as_rare_as_simulated(signs: int, least: float) -> None:
    random = np.random.default_rng(signs)
    together = fisher(*(-np.log10(random.random(200_000)) for _ in range(signs)))
    assert (together >= least).mean() == pytest.approx(10**-least, rel=0.12)


def test_rarity_counts_what_is_at_least_as_large() -> None:
    assert 10 ** -rarity([20, 1, 35], [1, 10, 20]) == pytest.approx([2 / 4, 1.0, 1 / 4])


def test_large_amounts_do_not_hide_each_other() -> None:
    random = np.random.default_rng(5)
    amounts = np.concatenate([np.exp(random.normal(6, 0.5, 300)), np.full(40, np.exp(10))])
    surprise = amount_surprise(amounts)
    assert surprise[300:].min() > 2
    assert 0 < np.mean(surprise[:300] >= 1) <= 0.1


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_chance_alone_is_as_rare_as_stated(rank: int) -> None:
    random = np.random.default_rng(rank)
    surprises = -np.log10(random.random((PLACES * 50, THINGS)))
    of_rank = np.sort(surprises, axis=1)[:, -rank]
    alerts = int((evidence(rank_surprise(of_rank, rank, THINGS), PLACES) >= ALERT).sum())
    assert alerts <= 3  # fifty populations, of which one in a hundred has one


def test_the_second_of_two_that_stand_out_says_more_than_one_alone() -> None:
    assert rank_surprise([5.0], 2, [50])[0] > rank_surprise([5.0], 1, [50])[0] > 0


def test_nothing_rare_is_no_surprise() -> None:
    assert rank_surprise([0.3], 2, [50])[0] == 0
