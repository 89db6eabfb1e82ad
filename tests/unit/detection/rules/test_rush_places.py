"""Two people who rush at one place make that place evidence; one, or two at different places, do not."""

from __future__ import annotations

import polars as pl
import pytest

from detection.circumstances.rushing_places import meetings

CASES = pl.DataFrame(
    {"person_id": ["ann", "bo", "cy"], "benefit_year": [2024] * 3, "value": [4.0, 2.0, 0.5]},
    schema_overrides={"benefit_year": pl.Int32},
)


def late(*visits: tuple[str, str]) -> pl.DataFrame:
    rows = [(f"s{number}", person, place, 2024) for number, (person, place) in enumerate(visits)]
    columns = {
        "settlement_id": pl.String,
        "person_id": pl.String,
        "provider_id": pl.String,
        "benefit_year": pl.Int32,
    }
    return pl.DataFrame(rows, schema=columns, orient="row")


@pytest.mark.parametrize(
    ("visits", "places"),
    [
        ([("ann", "p1"), ("ann", "p1"), ("ann", "p2"), ("bo", "p1")], [("p1", 2.0, 3.0)]),
        ([("ann", "p1"), ("bo", "p2")], []),
        ([("ann", "p1"), ("bo", "p2"), ("bo", "p2"), ("bo", "p1")], []),  # most of the time elsewhere
        ([("ann", "p1"), ("cy", "p1")], []),  # too faint to count
    ],
)
def test_a_place_that_two_use_most(
    visits: list[tuple[str, str]], places: list[tuple[str, float, float]]
) -> None:
    assert meetings(late(*visits), CASES).select("provider_id", "observed", "value").rows() == places
