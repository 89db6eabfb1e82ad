"""Stays as bars, with the settlements that fall on their days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import altair as alt

from dashboard.charts.drawing import Picture, chart_of
from dashboard.charts.proof.drawing import (
    Drawing,
    Hints,
    Row,
    at,
    day,
    days,
    days_axis,
    hinted,
    lane_axis,
    own_day,
    own_time,
    place,
    text,
)
from dashboard.theme import ACCENT, FIT_WIDTH, INK
from dashboard.wording import figures

_Dot = dict[str, str]
_MOST_LANES = 24
_BARS = (
    ("stay_provider", "stay_from", "stay_to"),
    ("", "admitted", "discharged"),
    ("earlier_stay", "earlier_admitted", "earlier_discharged"),
)
"""Columns of the institution, first and last day of a stay; an empty name is the row's own institution."""


def stay(rows: Sequence[Row]) -> Drawing | None:
    """Bars of the stays, a lane for each institution (and person, where there are several), and other settlements."""
    several = len({row.person for row in rows}) > 1
    bars = {
        (_lane(row, text(row, where) if where else place(row), several), first, last)
        for row in rows
        for where, start, end in _BARS
        if (first := day(row, start)) and (last := day(row, end))
    }
    if not bars:
        return None
    visits = [row for row in rows if not row.proof.get("admitted")]
    names = [lane for lane, _, _ in sorted(bars, key=lambda bar: (bar[1], bar[0]))]
    names = list(dict.fromkeys([*names, *(_lane(row, place(row), several) for row in visits)]))[:_MOST_LANES]
    dots = (
        (_visits(visits, several), {"time": "column.settled_at", "exact": "column.amount"}),
        (_elsewhere(rows, several), {"time": "column.day"}),
    )
    layers = [_bars([bar for bar in bars if bar[0] in names], names)]
    for marks, hints in dots:
        if shown := [
            each for each in marks if each["lane"] in names
        ]:  # an empty layer is a picture without a name
            layers.append(_dots(shown, names, hints))
    chart: Picture = alt.layer(*layers).properties(height=34 * len(names), autosize=FIT_WIDTH)
    return Drawing("stay", (chart,))


def _lane(row: Row, where: str, several: bool) -> str:
    return f"{row.person} · {where}" if several else where


def _bars(bars: Sequence[tuple[str, dt.date, dt.date]], names: Sequence[str]) -> Picture:
    values = [
        {
            "lane": lane,
            "from": at(first),
            "to": at(last, 1),
            "days": f"{figures().day(first)} – {figures().day(last)}",
        }
        for lane, first, last in sorted(bars)
    ]
    base = chart_of(values).encode(
        x=alt.X("from:T", axis=days_axis()),
        y=alt.Y("lane:N", sort=list(names), axis=lane_axis()),
    )
    bar = base.mark_bar(height=18, color="#c3d7ee", stroke=ACCENT, strokeWidth=0.6).encode(
        x2="to:T",
        tooltip=hinted({"lane": "column.place", "days": "chart.stay"}),
    )
    label = base.mark_text(align="left", baseline="bottom", dy=-10, fontSize=10, color=INK).encode(
        text="days:N"
    )
    return alt.layer(bar, label)


def _visits(visits: Sequence[Row], several: bool) -> list[_Dot]:
    return [
        {
            "lane": _lane(row, place(row), several),
            "at": at(day(row, "served_on") or own_day(row)),
            "time": own_time(row),
            "exact": figures().money(row.pool + row.account),
        }
        for row in visits
    ]


def _elsewhere(rows: Sequence[Row], several: bool) -> list[_Dot]:
    """Care elsewhere during a stay, on the bar of the stay."""
    return [
        {"lane": _lane(row, place(row), several), "at": at(on), "time": figures().day(on)}
        for row in rows
        for on in days(row, "elsewhere_days")
    ]


def _dots(visits: Sequence[_Dot], names: Sequence[str], hints: Hints) -> Picture:
    chart: Picture = (
        chart_of(visits)
        .mark_circle(size=90, color=INK, opacity=0.9)
        .encode(
            x="at:T",
            y=alt.Y("lane:N", sort=list(names)),
            tooltip=hinted(hints),
        )
    )
    return chart
