"""Last weeks of the year against other weeks, and a person's own medicine."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
import pytest

from detection.circumstances.weeks_of_care import Stretches, dear_last_weeks, without_own

CUT = Stretches(lengths=(49,), least_purchases=4, own_percent=60)
YEAR = 2023
FIRST = (dt.date(YEAR, 1, 1) - dt.date(1970, 1, 1)).days
END = FIRST + 364


def population(patients: int = 300) -> pl.DataFrame:
    """People who fall ill once, in any weeks: ten purchases of different goods within a month."""
    rng = np.random.default_rng(3)
    start = np.repeat(rng.integers(FIRST, END - 40, patients), 10)
    return care(
        "p", np.repeat(np.arange(patients), 10), start + rng.integers(0, 30, 10 * patients), 3_000, rng
    )


def care(
    prefix: str, person: np.ndarray, day: np.ndarray, fen: int, rng: np.random.Generator, goods: str = "any"
) -> pl.DataFrame:
    count = len(person)
    return pl.DataFrame(
        {
            "person_id": [f"{prefix}{number}" for number in person],
            "day": day.astype(np.int64),
            "benefit_year": np.full(count, YEAR, dtype=np.int32),
            "pool": (fen * rng.uniform(0.5, 2, count)).astype(np.int64),
            "goods": [goods if goods != "any" else f"g{number}" for number in range(count)],
        }
    )


def rush(goods: str = "any") -> pl.DataFrame:
    rng = np.random.default_rng(4)
    return care("rush", np.zeros(12, dtype=np.int64), END - rng.integers(0, 40, 12), 60_000, rng, goods)


def before(goods: str) -> pl.DataFrame:
    """A single purchase of the goods half a year earlier."""
    day = np.array([END - 180])
    return care("rush", np.zeros(1, dtype=np.int64), day, 100, np.random.default_rng(5), goods)


def surprise_of_rush(goods: str, goods_before: str) -> float:
    everybody = pl.concat([population(), rush(goods), before(goods_before)])
    weeks = dear_last_weeks(everybody, [YEAR], (FIRST, END), CUT)
    assert weeks.height > 1, "others came in these weeks, too"
    values = dict(weeks.select("person_id", "surprise").rows())
    others = [value for person, value in values.items() if person != "rush0"]
    assert max(others) < values["rush0"]
    return float(values["rush0"])


def test_a_rush_is_rarer_than_an_illness_of_other_weeks() -> None:
    assert surprise_of_rush("any", "another") > 4


def test_own_medicine_makes_it_less_rare_and_goods_of_the_rush_alone_are_none() -> None:
    rare = surprise_of_rush("any", "another")
    assert surprise_of_rush("one drug", "one drug") < rare
    assert surprise_of_rush("one drug", "another") == pytest.approx(rare)


def test_the_end_of_a_year_that_is_not_observed_says_nothing() -> None:
    whole = pl.concat([population(), rush()])
    assert dear_last_weeks(whole, [YEAR], (FIRST, END - 1), CUT).is_empty()


@pytest.mark.parametrize(("goods_before", "value"), [("another", 3.0), ("one drug", 3.0 * 0.4)])
def test_evidence_of_days_is_less_for_medicine_of_other_weeks(goods_before: str, value: float) -> None:
    cases = pl.DataFrame({"person_id": ["rush0"], "benefit_year": [YEAR], "value": [3.0]})
    cases = cases.with_columns(pl.col("benefit_year").cast(pl.Int32))
    late = rush("one drug").with_columns(late=pl.lit(True))
    all_care = pl.concat([late, before(goods_before).with_columns(late=pl.lit(False))])
    assert without_own(cases, all_care, 60)["value"].to_list() == pytest.approx([value])
