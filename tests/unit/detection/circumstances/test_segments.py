"""A larger share is explained by the costs of the year where other providers pay it too, and only there."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from detection.circumstances.bills.segments import explained_by_segment


def bills(above_elsewhere: int) -> pl.DataFrame:
    """Ten bills of 400 yuan of each of twelve people; those of p0 are above the practice beyond the line."""
    rows = [
        {
            "settlement_id": f"s{person}-{number}",
            "person_id": f"a{person}",
            "provider_id": f"p{person // 2}",
            "settled_at": dt.datetime(2024, 1, 1) + dt.timedelta(days=20 * number),
            "base": 400_00,
            "scheme": "employee",
            "person_category": "active",
            "year": 2024,
            "wrong": number >= 5 and person // 2 <= above_elsewhere,
        }
        for person in range(12)
        for number in range(10)
    ]
    return pl.DataFrame(rows)


@pytest.mark.parametrize(("elsewhere", "explained"), [(5, True), (0, False)])
def test_beyond_a_line_that_others_have_too(elsewhere: int, explained: bool) -> None:
    priced = bills(elsewhere)
    here = priced.filter(pl.col("wrong"), pl.col("provider_id") == "p0")
    assert here.height == 10
    lawful = explained_by_segment(priced).join(here, on="settlement_id", how="semi")
    assert (lawful.height >= 8) == explained
    assert explained or lawful.is_empty()
