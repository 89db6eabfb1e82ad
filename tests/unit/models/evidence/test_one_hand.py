"""One operator alone: by chance, against all odds, and with signs that agree."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from models.evidence.one_hand import hand_surprise, shared_day_rate, with_signs

OPERATORS = 4
PLACES = 40


def shares() -> pl.DataFrame:
    places = [f"p{place}" for place in range(PLACES) for _ in range(OPERATORS)]
    operators = [f"{place}-{number}" for place in range(PLACES) for number in range(OPERATORS)]
    return pl.DataFrame(
        {"provider_id": places, "operator_id": operators, "share": [1 / OPERATORS] * len(places)}
    )


def customers() -> pl.DataFrame:
    return pl.DataFrame({"provider_id": [f"p{place}" for place in range(PLACES)], "days": 3, "customers": 64})


def alone(extra: int) -> pl.DataFrame:
    """As many customers who met one operator alone as chance gives each (one in 64), and some more of the first."""
    counts = np.random.default_rng(2).poisson(1.0, PLACES * OPERATORS)
    counts[0] = 1 + extra
    chance = (1 / OPERATORS) ** 3
    hands = shares().select("provider_id", "operator_id").with_columns(chance=pl.lit(chance))
    return pl.concat([hands[number] for number, count in enumerate(counts) for _ in range(count)])


def test_regulars_by_chance_are_no_surprise_and_many_more_are() -> None:
    usual, many = (
        hand_surprise(alone(extra), customers(), shares())["surprise"].to_list() for extra in (0, 15)
    )
    assert max(usual) < 3
    assert many[0] > 5
    assert max(many[1:]) < 3


def test_a_number_without_a_sign_is_nothing_and_with_one_it_is_more() -> None:
    number, none = np.array([3.0, 3.0, 0.5]), np.zeros(3)
    signs = [np.array([0.0, 6.0, 6.0]), none, none, none]
    assert with_signs(number, signs).tolist() == [
        0.0,
        pytest.approx(with_signs([3.0], [s[1:2] for s in signs])[0]),
        0.0,
    ]
    assert with_signs(number, signs)[1] > 3 - np.log10(2)


def test_a_shared_day_is_rarer_the_more_days_there_are() -> None:
    assert shared_day_rate([10], [1])[0] == 1
    rates = shared_day_rate([10, 10], [20, 200])
    assert rates.tolist() == pytest.approx([1 - 0.95**9, 1 - 0.995**9])
