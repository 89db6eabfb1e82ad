"""Which days tear a doctor apart, and where a doctor belongs."""

from __future__ import annotations

import polars as pl
import pytest

from detection.circumstances.operators.doctor_places import days_in_two_places, other_places

_DAY = 19_724
_MINUTES = 30


def care(*bills: tuple[str, int]) -> pl.DataFrame:
    """Bills of one doctor on one day: place and minute of the day."""
    rows = [(place, "wang", _DAY, 1440 * _DAY + minute) for place, minute in bills]
    columns = {"provider_id": pl.String, "prescriber_id": pl.String, "day": pl.Int32, "minute": pl.Int64}
    return pl.DataFrame(rows, schema=columns, orient="row")


@pytest.mark.parametrize(
    ("bills", "torn"),
    [
        ([("a", 500), ("b", 800)], [False]),
        ([("a", 500), ("b", 520)], [True]),
        ([("a", 500), ("b", 560), ("a", 620)], [True]),
        ([("a", 500), ("a", 501)], []),
    ],
    ids=["one change", "within minutes", "there and back", "one place"],
)
def test_a_day_is_torn_where_the_place_changes_too_fast_or_back(
    bills: list[tuple[str, int]], torn: list[bool]
) -> None:
    assert days_in_two_places(care(*bills), _MINUTES)["torn"].to_list() == torn


def test_a_doctor_belongs_where_the_name_stands_for_longest() -> None:
    long = care(("a", 500)).vstack(care(("a", 500)).with_columns(pl.col("day") + 300))
    short = care(("b", 500), ("b", 510), ("b", 520), ("b", 530))
    assert other_places(long.vstack(short))["provider_id"].to_list() == ["b"]
