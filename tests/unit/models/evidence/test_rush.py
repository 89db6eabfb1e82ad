"""A rush against a person's own habit and the season: an even chronic patient never has it, a newcomer's is wide."""

from __future__ import annotations

import numpy as np

from models.evidence.rush import habit, rush_surprise
from models.evidence.unit import ALERT, evidence

YEAR, WEEKS = 316, 49


def population(seed: int, season: float) -> tuple[np.ndarray, np.ndarray]:
    """Days of care otherwise and in the last weeks, of people who keep their habit but for the season."""
    random = np.random.default_rng(seed)
    rate = random.gamma(0.5, 0.06, 5000)
    return random.poisson(rate * YEAR), random.poisson(rate * WEEKS * season)


def values(otherwise: np.ndarray, late: np.ndarray) -> np.ndarray:
    usual = habit(otherwise, YEAR, WEEKS)
    return evidence(rush_surprise(late, usual, otherwise)[0], len(late))


def test_a_season_of_everybody_is_no_rush() -> None:
    for seed in range(10):
        otherwise, late = population(seed, season=1.5)
        assert late.max() > 15
        assert values(otherwise, late).max() < ALERT


def test_a_rush_stands_out_unless_the_person_always_came() -> None:
    otherwise, late = population(1, season=1.0)
    otherwise[:2], late[:2] = (2, 100), (16, 16)
    rushed, chronic = values(otherwise, late)[:2]
    assert rushed >= ALERT
    assert chronic == 0


def test_the_first_days_of_a_newcomer_are_no_rush() -> None:
    otherwise, late = population(2, season=1.0)
    otherwise[0], late[0] = 0, 6
    assert values(otherwise, late)[0] < ALERT
