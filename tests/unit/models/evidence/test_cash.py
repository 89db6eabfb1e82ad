"""Surprise of accounts that look turned into cash, and of their places."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from models.evidence.cash import account_surprise, operator_surprise, place_surprise
from models.evidence.unit import ALERT, evidence

_ORDINARY = {
    "purchases": 6,
    "close": 0,
    "sums": 6,
    "round": 0,
    "alike": 0,
    "credits": 1,
    "fits": 0,
    "timed": 6,
    "soon": 1,
    "timed_drained": 1,
    "soon_drained": 0,
    "drained_months": 1,
    "expected": 0.8,
}
_SOON = {"soon": 6, "credits": 6}
_ROUND = {"round": 5}
_DRAINED = {"timed_drained": 5, "soon_drained": 5, "drained_months": 5}


def surprise_of(**account: int) -> tuple[float, bool]:
    """Of an account among a hundred ordinary ones: the surprise of it alone, and whether it counts for its place."""
    counts = pl.DataFrame([_ORDINARY | account, *[_ORDINARY] * 100])
    result = account_surprise(counts)
    assert not result.marked[1:].any()
    return float(result.alone[0]), bool(result.marked[0])


def test_a_sum_and_a_moment_must_agree() -> None:
    assert surprise_of(**_ROUND, **_SOON)[0] > 6
    assert surprise_of(**_ROUND) == (0.0, False)
    assert surprise_of(**_SOON) == (0.0, False)


@pytest.mark.parametrize("sign", [{"round": 5}, {"alike": 5}, {"credits": 6, "fits": 5}])
def test_any_chosen_sum_will_do(sign: dict[str, int]) -> None:
    assert surprise_of(**(_SOON | sign))[0] > 5


def test_one_round_price_is_no_habit_of_round_sums() -> None:
    """A chronic patient's drug, bought after each credit: it counts for its place at most."""
    assert surprise_of(round=1, sums=1, **_SOON) == (0.0, True)


def test_purchases_within_days_are_a_moment_too() -> None:
    assert surprise_of(**_ROUND, close=5)[0] > 6


def test_drains_after_credits_mark_an_account_for_its_place_only() -> None:
    assert surprise_of(**_DRAINED) == (0.0, True)


def test_drains_on_any_day_mark_nothing() -> None:
    """Dear goods empty an account on the day on which they are needed."""
    assert surprise_of(**(_DRAINED | {"soon_drained": 0})) == (0.0, False)


def test_a_place_with_many_marked_accounts_stands_out_among_its_like() -> None:
    marked, customers = np.array([12, *[1, 0, 0, 2, 0] * 12]), np.full(61, 200)
    expected, surprise = place_surprise(marked, customers)
    assert expected[0] < 1
    assert evidence(surprise, 61)[0] >= ALERT
    assert evidence(surprise, 61)[1:].max() == 0


def test_one_operator_counts_from_four_accounts_and_up_to_a_cap() -> None:
    assert operator_surprise([3, 12, 4, 6], [3, 12, 4, 6], [0.1, 0.1, 1.0, 0.5]).tolist() == pytest.approx(
        [0.0, 3.0, 0.0, 6 * np.log10(2)], abs=1e-6
    )
