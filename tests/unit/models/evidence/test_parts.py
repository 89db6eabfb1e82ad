"""Bills of a day just below a limit: chance raises nothing, repetition adds up, a usual price is no surprise."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from models.evidence.parts import surprise_of_cases, usual_share

SHARE = 0.04


def days(within: list[int]) -> pl.DataFrame:
    return pl.DataFrame(
        {"case": "a", "zone": "200", "parts": 3, "share": SHARE, "within": within},
        schema_overrides={"within": pl.Int64},
    )


def surprise(within: list[int]) -> float:
    return float(surprise_of_cases(days(within), ["case"])["surprise"][0])


def test_a_single_day_is_as_rare_as_its_bills_are() -> None:
    assert surprise([3]) == pytest.approx(-3 * np.log10(SHARE))
    assert surprise([0]) == pytest.approx(0.0)


def test_days_add_up_and_days_without_parts_count_against_them() -> None:
    assert surprise([3, 3]) > surprise([3]) + 2
    assert surprise([3, 0, 0, 0, 0, 0]) < surprise([3]) - 1


def test_cases_of_independent_bills_are_no_rarer_than_chance() -> None:
    random = np.random.default_rng(3)
    within = random.binomial(4, 0.3, 12_000)
    frame = pl.DataFrame(
        {"case": np.repeat(np.arange(4000), 3), "zone": "z", "parts": 4, "share": 0.3, "within": within}
    )
    values = surprise_of_cases(frame, ["case"])["surprise"].to_numpy()
    assert 0 < np.mean(values >= 1) <= 0.1


def test_the_usual_share_is_that_of_the_place_the_population_or_the_floor() -> None:
    bills = pl.DataFrame({"within": [0, 180, 0], "bills": [200, 200, 0]})
    shares = bills.select(usual_share(pl.col("within"), pl.col("bills"), pl.lit(0.1), 0.08))
    assert shares.to_series().to_list() == pytest.approx([0.1, 182 / 220, 0.1])
    assert bills.select(usual_share(pl.col("within"), pl.col("bills"), pl.lit(0.0), 0.08))[0, 0] == 0.04
