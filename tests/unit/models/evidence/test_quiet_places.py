"""Surprise of the quiet customers of a place."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

from models.evidence.quiet_places import SIGNS, joined_surprise, quiet_places

_SERVED = pl.DataFrame(
    [(f"v{place}", f"o{place}{hand}", 100) for place in range(20) for hand in range(4)],
    schema=["provider_id", "operator_id", "rows"],
    orient="row",
)


def customers(*quiet: dict[str, Any]) -> pl.DataFrame:
    """Twenty customers at each of twenty places, two in a hundred of them quiet, and the given ones at the first."""
    rng = np.random.default_rng(2)
    rows = [
        {
            "provider_id": f"v{place}",
            "person_id": f"p{place}.{number}",
            "days": 4,
            "unevenness": float(rng.uniform(0.3, 1.5)),
            "operator_id": None,
            "off_peak": bool(rng.random() < 0.2),
            "woke": None,
            "quiet": bool(rng.random() < 0.02),
        }
        for place in range(20)
        for number in range(20)
    ]
    usual = {**rows[0], "quiet": True, "off_peak": False, "unevenness": 0.9}
    return pl.DataFrame(
        [*rows, *({**usual, "person_id": f"q{number}", **each} for number, each in enumerate(quiet))],
        schema_overrides={"operator_id": pl.String, "woke": pl.Int32},
    )


def at_first(*quiet: dict[str, Any]) -> dict[str, Any]:
    return quiet_places(customers(*quiet), _SERVED, 540, 5).filter(provider_id="v0").row(0, named=True)


def test_a_number_of_quiet_customers_alone_shows_no_other_sign() -> None:
    place = at_first(*[{}] * 8)
    assert place["quiet"] >= 8
    assert place["number"] > 3
    assert max(place[sign] for sign in SIGNS) < 1


@pytest.mark.parametrize(
    ("sign", "shown"),
    [
        ("even_gaps", {"unevenness": 0.1}),
        ("one_operator", {"operator_id": "o01"}),
        ("quiet_hours", {"off_peak": True}),
        ("woke_together", {"woke": 19_500}),
    ],
)
def test_each_sign_shows_by_itself(sign: str, shown: dict[str, Any]) -> None:
    place = at_first(*[shown] * 8)
    assert place[sign] > 2
    assert max(place[other] for other in SIGNS if other != sign) < 1


def test_the_only_operator_of_a_place_is_no_surprise() -> None:
    alone = pl.DataFrame({"provider_id": ["v0"], "operator_id": ["o01"], "rows": [400]})
    place = quiet_places(customers(*[{"operator_id": "o01"}] * 8), alone, 540, 5).row(0, named=True)
    assert place["operator_id"] == "o01"
    assert place["one_operator"] < 0.1


def test_a_place_open_all_night_is_compared_with_its_own_customers() -> None:
    everyone = customers(*[{"off_peak": True}] * 8)
    at_night = everyone.with_columns(off_peak=pl.col("off_peak") | (pl.col("provider_id") == "v0"))
    assert quiet_places(at_night, _SERVED, 540, 5).row(0, named=True)["quiet_hours"] < 1


def test_few_quiet_customers_are_not_looked_at() -> None:
    assert quiet_places(customers(), _SERVED, 540, 5).is_empty()


def test_independent_surprises_join_as_fisher_says() -> None:
    """Two chances of 5 % together: chi-squared of 11.98 with four degrees of freedom, 0.0175."""
    parts = [np.array([-np.log10(0.05)])] * 2
    assert joined_surprise(parts)[0] == pytest.approx(-np.log10(0.0175), abs=0.001)


def test_one_sign_counts_only_so_much() -> None:
    zero = np.zeros(1)
    assert joined_surprise([np.array([300.0]), zero])[0] == joined_surprise([np.array([4.0]), zero])[0]
