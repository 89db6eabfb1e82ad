"""Settlements over time, with the day on which an entitlement, an agreement or a rule ended or began."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import altair as alt

from dashboard.charts.drawing import Picture, chart_of
from dashboard.charts.proof.drawing import (
    Drawing,
    Row,
    at,
    day,
    days_axis,
    hinted,
    lane_axis,
    lane_of,
    lanes,
    money,
    own_day,
    own_time,
)
from dashboard.theme import ACCENT, FIT_WIDTH, INK
from dashboard.wording import figures, language
from detection.proof.columns import evidence_columns

_MOST_LANES = 16
_DAYS = ("died_on", "enrolled_until", "enrolled_again", "stopped_from", "agreement_to", "policy_from")
_MOST_LINES = 4


def line(rows: Sequence[Row]) -> Drawing | None:
    """Vertical lines of the days that decide for most rows; settlements in a lane for each institution or person."""
    marked = Counter((name, on) for row in rows for name in _DAYS if (on := day(row, name)))
    if not marked:
        return None
    of_most = sorted(marked, key=lambda each: (-marked[each], each))[:_MOST_LINES]
    names = lanes(rows, _MOST_LANES)
    layers = [_dots(rows, names), *_lines(sorted(of_most, key=lambda each: each[1]))]
    chart: Picture = alt.layer(*layers).properties(height=max(30 * len(names), 90), autosize=FIT_WIDTH)
    return Drawing("line", (chart,))


def _dots(rows: Sequence[Row], names: Sequence[str]) -> Picture:
    values = [
        {
            "lane": lane_of(row, names),
            "at": at(day(row, "served_on") or own_day(row)),
            "time": own_time(row),
            "exact": figures().money(money(row)),
        }
        for row in rows
        if lane_of(row, names)
    ]
    chart: Picture = (
        chart_of(values)
        .mark_circle(size=80, color=ACCENT, opacity=0.75)
        .encode(
            x=alt.X("at:T", axis=days_axis(), scale=alt.Scale(padding=30)),
            y=alt.Y("lane:N", sort=list(names), axis=lane_axis()),
            tooltip=hinted({"time": "column.settled_at", "exact": "column.amount"}),
        )
    )
    return chart


def _lines(marked: Sequence[tuple[str, dt.date]]) -> list[Picture]:
    titles = evidence_columns()
    values = [
        {"at": at(on), "label": f"{titles[name].title[language()]} {figures().day(on)}", "dy": number}
        for number, (name, on) in enumerate(marked)
    ]
    layers: list[Picture] = [chart_of(values).mark_rule(color=INK, strokeWidth=1.6).encode(x="at:T")]
    for number, value in enumerate(values):
        label = chart_of([value]).mark_text(
            align="left", baseline="bottom", dx=4, dy=-4 - 14 * number, fontSize=11, fontWeight=600, color=INK
        )
        layers.append(label.encode(x="at:T", y=alt.value(0), text="label:N"))
    return layers
