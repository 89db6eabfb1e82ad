"""Outlines of districts under a map without tiles."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from dashboard.charts.drawing import Picture, chart_of
from dashboard.charts.proof.surroundings import district_name
from dashboard.theme import INK, MUTED
from detection.store.queries.subjects.outlines import Outline, Point


def district_layers(outlines: Sequence[Outline], places: Sequence[Point], scale: alt.Scale) -> list[Picture]:
    """Outlines and names of the districts that the places are in, so that the map stays as large as it can be.

    Args:
        outlines: of all districts.
        places: degrees north and east.
        scale: of both axes.
    """
    shown = [each for each in outlines if any(_within(place, each) for place in places)]
    if not shown:
        return []
    corners = [
        {"district": each.district, "order": number, "lat": lat, "lon": lon}
        for each in shown
        for number, (lat, lon) in enumerate((*each.corners, each.corners[0]))
    ]
    names = [{"name": district_name(each.district), **_top(each)} for each in shown]
    x, y = alt.X("lon:Q", scale=scale), alt.Y("lat:Q", scale=scale)
    line = chart_of(corners).mark_line(color=MUTED, strokeWidth=1, strokeDash=[4, 3])
    text = chart_of(names).mark_text(color=INK, fontSize=12, fontWeight=600, dy=-8)
    return [
        line.encode(x=x, y=y, detail="district:N", order="order:Q"),
        text.encode(x=x, y=y, text="name:N"),
    ]


def _within(place: Point, outline: Outline) -> bool:
    """Whether a place is no farther north, south, east or west than the outline."""
    return all(
        min(own) <= value <= max(own)
        for value, own in zip(place, zip(*outline.corners, strict=True), strict=True)
    )


def _top(outline: Outline) -> dict[str, float]:
    """Where the name stands: above the northernmost corner."""
    lat, lon = max(outline.corners)
    return {"lat": lat, "lon": lon}
