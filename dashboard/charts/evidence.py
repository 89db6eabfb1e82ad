"""Pictures of settlements: when, who, how much."""

from __future__ import annotations

from collections import Counter
from typing import Any

import altair as alt

from dashboard.charts.drawing import Picture, chart_of
from dashboard.look import ACCENT, FIT_WIDTH, GRID, MUTED
from dashboard.wording import exact, t
from detection.store.read.alert import EvidenceRow

_MOST_PEOPLE = 40
_FEW_DAYS = 20
_SHADES = [ACCENT, "#1d2733", MUTED, "#6aa1d8", "#b8cbe2"]


def _values(rows: list[EvidenceRow], causes: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "at": one.settled_at.replace(" ", "T"),
            "day": one.settled_at[:10],
            "hour": _hour(one.settled_at),
            "person": one.person,
            "provider": one.provider,
            "money": (one.pool + one.account) / 100,
            "exact": exact(one.pool + one.account),
            "cause": causes.get(one.cause, one.cause),
        }
        for one in rows
    ]


def _hour(at: str) -> float:
    """Hour of the day as a fraction; noon where only the day is known."""
    return int(at[11:13]) + int(at[14:16]) / 60 if len(at) >= 16 else 12.0


def _tooltip(*more: str) -> list[alt.Tooltip]:
    names = {"at": "settled_at", "person": "person", "provider": "place", "exact": "amount", "cause": "cause"}
    return [alt.Tooltip(f"{one}:N", title=t(f"column.{names[one]}")) for one in ("at", *more, "exact")]


def swipe_timeline(rows: list[EvidenceRow], causes: dict[str, str]) -> Picture:
    """Every settlement; the dot's size is the money, its shade the cause.

    Few days: one line per day, the time of day along it, so that minutes can be seen. Many days: days along,
    time of day down.
    """
    shown = _values(rows, causes)
    days = {one["day"] for one in shown}
    several = len({one["cause"] for one in shown}) > 1
    legend = alt.Legend(orient="top", title=None, labelLimit=420, offset=4) if several else None
    x, y, height = _by_minute(len(days)) if len(days) <= _FEW_DAYS else _by_day()
    chart: Picture = (
        chart_of(shown)
        .mark_circle(opacity=0.75)
        .encode(
            x=x,
            y=y,
            size=alt.Size("money:Q", legend=None, scale=alt.Scale(range=[28, 180])),
            color=alt.Color("cause:N", legend=legend, scale=alt.Scale(range=_SHADES)),
            tooltip=_tooltip("person", "provider", "cause"),
        )
        .properties(height=height, autosize=FIT_WIDTH)
    )
    return chart


def _by_minute(days: int) -> tuple[alt.X, alt.Y, int]:
    """A line per day, the time of day along it."""
    axis = alt.Axis(
        gridColor=GRID,
        tickCount=12,
        labelExpr="floor(datum.value) + ':' + pad(round(60 * (datum.value % 1)), 2, '0', 'left')",
    )
    x = alt.X("hour:Q", title=None, scale=alt.Scale(zero=False, padding=12), axis=axis)
    return x, alt.Y("day:O", title=None, axis=alt.Axis(grid=True, gridColor=GRID)), 22 * days


def _by_day() -> tuple[alt.X, alt.Y, int]:
    """Days along, the time of day down."""
    along = alt.Axis(format="%Y-%m-%d", labelAngle=0, tickCount=8, gridColor=GRID)
    down = alt.Axis(values=[0, 6, 12, 18, 24], gridColor=GRID)
    x = alt.X("yearmonthdate(at):T", title=None, axis=along)
    return (
        x,
        alt.Y("hour:Q", title=t("chart.hour"), scale=alt.Scale(domain=[0, 24], reverse=True), axis=down),
        200,
    )


def visit_calendar(rows: list[EvidenceRow]) -> Picture:
    """Visits by week and day of the week; the darker, the more settlements that day."""
    weekdays = t("chart.weekdays").split(" ")
    chart: Picture = (
        chart_of(_values(rows, {}))
        .transform_calculate(weekday="(day(toDate(datum.day)) + 6) % 7")
        .mark_rect(stroke="#fff")
        .encode(
            x=alt.X(
                "yearweek(at):O",
                title=None,
                axis=alt.Axis(format="%Y-%m-%d", labelOverlap=True, labelAngle=0, tickCount=8),
            ),
            y=alt.Y(
                "weekday:O",
                title=None,
                sort=list(range(7)),
                scale=alt.Scale(domain=list(range(7))),
                axis=alt.Axis(labelExpr=f"{weekdays!r}[datum.value]"),
            ),
            color=alt.Color(
                "count():Q",
                title=t("chart.settlements"),
                scale=alt.Scale(range=["#d7e4f3", ACCENT]),
                legend=alt.Legend(orient="right"),
            ),
            tooltip=[
                alt.Tooltip("day:N", title=t("chart.day")),
                alt.Tooltip("count():Q", title=t("chart.settlements")),
                alt.Tooltip("sum(money):Q", title=t("column.amount"), format=",.2f"),
            ],
        )
        .properties(height=150, autosize=FIT_WIDTH)
    )
    return chart


def days_by_people(rows: list[EvidenceRow]) -> Picture:
    """A map of days × people: who was there on which day; those there most often first."""
    often = Counter(one.person for one in rows)
    people = [person for person, _ in sorted(often.items(), key=lambda one: (-one[1], one[0]))[:_MOST_PEOPLE]]
    shown = [one for one in _values(rows, {}) if one["person"] in set(people)]
    chart: Picture = (
        chart_of(shown)
        .mark_rect(stroke="#fff", color=ACCENT)
        .encode(
            x=alt.X("day:O", title=None, axis=alt.Axis(labelAngle=-60, labelOverlap=True)),
            y=alt.Y("person:N", title=None, sort=people, axis=alt.Axis(labelLimit=130)),
            tooltip=_tooltip("person", "provider"),
        )
        .properties(height=18 * len(people), autosize=FIT_WIDTH)
    )
    return chart
