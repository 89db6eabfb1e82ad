"""The chart of a trend: labeled lines of policy dates and thresholds, and axes that can be read."""

from __future__ import annotations

from typing import Any

from dashboard.charts.trend import Bound, PolicyDate, TrendPoint, trend_chart
from dashboard.theme import INK, LINES

MONTHS = [f"{2023 + month // 12}-{month % 12 + 1:02}" for month in range(18)]


def spec() -> dict[str, Any]:
    points = [
        TrendPoint(line, month, 0.1 + index / 100, assessed=True, text="")
        for line in ("single month", "twelve months")
        for index, month in enumerate(MONTHS)
    ]
    bounds = [Bound(0.2, "attention: below 20.0%")]
    dates = [PolicyDate("2023-01", "①"), PolicyDate("2024-01", "②")]
    content: dict[str, Any] = trend_chart(points, "share", bounds, dates).to_dict()
    return content


def texts(content: dict[str, Any]) -> set[str]:
    """The texts of all layers that write one, from their own rows."""
    layers = [layer for layer in content["layer"] if layer["mark"]["type"] == "text"]
    return {row["text"] for layer in layers for row in layer["data"]["values"]}


def test_policy_dates_and_thresholds_are_labeled_lines() -> None:
    content = spec()
    assert texts(content) == {"attention: below 20.0%", "①", "②"}
    rules = [layer for layer in content["layer"] if layer["mark"]["type"] == "rule"]
    months = {row["month"] for layer in rules for row in layer["data"]["values"] if "month" in row}
    assert months == {"2023-01", "2024-01"}
    assert 0.2 in {row.get("value") for layer in rules for row in layer["data"]["values"]}


def test_every_grid_line_has_a_label_that_can_be_read() -> None:
    content = spec()
    time, texts_of_axes = content["layer"][0]["encoding"]["x"]["axis"], content["config"]["axis"]
    assert time["grid"] and time["values"][0] == MONTHS[0] and len(time["values"]) <= 8
    assert texts_of_axes["labelFontSize"] >= 12 and texts_of_axes["labelColor"] == INK
    assert time["labelOverlap"] is False


def test_lines_have_colors_of_their_own() -> None:
    colors = spec()["layer"][0]["encoding"]["color"]["scale"]["range"]
    assert len(set(colors)) == 2 and set(colors) <= set(LINES)
