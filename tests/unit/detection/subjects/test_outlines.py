"""Outlines of districts hold all their institutions, and no more."""

from __future__ import annotations

from typing import Any, cast

import polars as pl
import pytest

from detection.store.queries.reader import Reader
from detection.store.queries.subjects import outlines
from detection.store.queries.subjects.outlines import district_outlines, hull


def test_a_hull_has_its_corners_in_order_and_nothing_inside() -> None:
    square = [(0.0, 0.0), (0.0, 2.0), (2.0, 2.0), (2.0, 0.0)]
    corners = hull([(1.0, 1.0), *square, (1.0, 0.0), (0.5, 1.5), square[0]])
    assert sorted(corners) == sorted(square)
    sides = zip(corners, (*corners[1:], corners[0]), strict=True)
    assert all(abs(lat - lat_to) + abs(lon - lon_to) == 2 for (lat, lon), (lat_to, lon_to) in sides)


@pytest.mark.parametrize("points", [[], [(1.0, 1.0)], [(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]])
def test_a_line_is_no_shape(points: list[tuple[float, float]]) -> None:
    assert len(hull(points)) < 3


def test_a_district_with_few_known_places_has_no_outline(monkeypatch: pytest.MonkeyPatch) -> None:
    providers = pl.LazyFrame(
        {
            "district_code": ["b", "b", "a", "a", "a", "a", None],
            "latitude": [1.0, 2.0, 0.0, 0.0, 1.0, None, 9.0],
            "longitude": [1.0, 2.0, 0.0, 1.0, 0.0, 5.0, 9.0],
        }
    )
    tables: dict[str, Any] = {"providers": providers}
    monkeypatch.setattr(outlines, "accepted", lambda _, table: tables.get(table))
    [only] = district_outlines(cast(Reader, None))
    assert only.district == "a"
    assert sorted(only.corners) == [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0)]
    tables.clear()
    assert district_outlines(cast(Reader, None)) == ()
