"""Outlines of districts for maps without tiles: around all institutions of a district, by their own coordinates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from detection.store.queries.reader import Reader
from detection.store.queries.subjects.accepted import accepted

Point = tuple[float, float]
"""Degrees north and east."""
_LEAST_POINTS = 3


@dataclass(frozen=True)
class Outline:
    """The convex hull of the institutions of a district: its code, and its corners in order, the first not repeated."""

    district: str
    corners: tuple[Point, ...]


def district_outlines(reader: Reader) -> tuple[Outline, ...]:
    """Outlines of the districts in which at least three places of institutions are known; sorted by code."""
    providers = accepted(reader, "providers")
    if providers is None:
        return ()
    placed = providers.select("district_code", "latitude", "longitude").drop_nulls().unique()
    outlines = []
    for (district,), rows in (
        placed.sort("district_code").collect().group_by("district_code", maintain_order=True)
    ):
        corners = hull(rows.select("latitude", "longitude").iter_rows())
        if len(corners) >= _LEAST_POINTS:
            outlines.append(Outline(str(district), corners))
    return tuple(outlines)


def hull(points: Iterable[Point]) -> tuple[Point, ...]:
    """Corners of the smallest convex shape around all points, in order around it; fewer than three for a line."""
    ordered = sorted(set(points))
    return (*_side(ordered), *_side(ordered[::-1])) if len(ordered) > 1 else tuple(ordered)


def _side(points: list[Point]) -> list[Point]:
    """One side of the hull from the first point to the last, without the last."""
    side: list[Point] = []
    for point in points:
        while len(side) > 1 and _turn(side[-2], side[-1], point) <= 0:
            side.pop()
        side.append(point)
    return side[:-1]


def _turn(before: Point, at: Point, after: Point) -> float:
    """Above zero for a turn to the left, zero straight on."""
    return (at[0] - before[0]) * (after[1] - before[1]) - (at[1] - before[1]) * (after[0] - before[0])
