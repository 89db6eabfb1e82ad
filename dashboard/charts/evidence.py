"""Pictures of settlements: when, who, how much."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TypedDict

import altair as alt

from dashboard.charts.drawing import CLOCK, Picture, chart_of
from dashboard.theme import ACCENT, FIT_WIDTH, GRID, MUTED
from dashboard.wording import figures, t
from detection.alerts.moment import Moment
from detection.store.queries.evidence import EvidenceRow

_MOST_PEOPLE = 40
_MOST_LEVEL_DAYS = 8
"""Columns whose days fit side by side."""
_MOST_DAYS_BY_MINUTE = 20
_LEAST_WEEKS = 36
_CELL = 21  # pixels
_SHADES = [ACCENT, "#1d2733", MUTED, "#6aa1d8", "#b8cbe2"]


class Dot(TypedDict):
    """A settlement in a chart; `at` as ISO text, `hour` as a fraction, `money` in yuan."""

    at: str
    day: str
    hour: float
    person: str
    provider: str
    money: float
    exact: str
    cause: str


class CalendarCell(TypedDict):
    """A day in the visit calendar; `week` is its Monday, `weekday` counts from Monday (0)."""

    week: str
    weekday: int
    day: str
    settlements: int
    exact: str


def _values(rows: list[EvidenceRow], causes: dict[str, str]) -> list[Dot]:
    return [
        {
            "at": _iso(row.settled_at),
            "day": row.settled_at.day.isoformat(),
            "hour": _hour(row.settled_at),
            "person": row.person,
            "provider": row.provider,
            "money": (row.pool + row.account) / 100,
            "exact": figures().money(row.pool + row.account),
            "cause": causes.get(row.cause, row.cause),
        }
        for row in rows
    ]


def _iso(moment: Moment) -> str:
    """A time as charts read it; the day alone where the source has no more."""
    return moment.at.isoformat() if moment.to_the_minute else moment.day.isoformat()


def _hour(moment: Moment) -> float:
    """Hour of the day as a fraction; noon where only the day is known."""
    return moment.at.hour + moment.at.minute / 60 if moment.to_the_minute else 12.0


def _tooltip(*more: str) -> list[alt.Tooltip]:
    names = {"at": "settled_at", "person": "person", "provider": "place", "exact": "amount", "cause": "cause"}
    return [alt.Tooltip(f"{name}:N", title=t(f"column.{names[name]}")) for name in ("at", *more, "exact")]


def swipe_timeline(rows: list[EvidenceRow], causes: dict[str, str]) -> Picture:
    """Every settlement; the dot's size is the money, its shade the cause.

    Up to 20 days: a row for each day with the time of day along it, so that minutes can be seen. More days: days
    along, time of day down.
    """
    values = _values(rows, causes)
    days = {value["day"] for value in values}
    several = len({value["cause"] for value in values}) > 1
    legend = alt.Legend(orient="top", title=None, labelLimit=420, offset=4) if several else None
    x, y, height = _by_minute(len(days)) if len(days) <= _MOST_DAYS_BY_MINUTE else _by_day()
    chart: Picture = (
        chart_of(values)
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
    """A row for each day, the time of day along it."""
    axis = alt.Axis(gridColor=GRID, tickCount=12, labelExpr=CLOCK)
    x = alt.X("hour:Q", title=None, scale=alt.Scale(zero=False, padding=12), axis=axis)
    return (
        x,
        alt.Y("day:O", title=None, axis=alt.Axis(grid=True, gridColor=GRID, labelFlush=False)),
        22 * days,
    )


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
    """Visits by week (Monday first) and day of the week; the darker, the more settlements that day."""
    cells = _cells(rows)
    weeks = _weeks(min(cells), max(cells))
    shown = [cell for days in cells.values() for cell in days]
    several = max(cell["settlements"] for cell in shown) > 1
    weekdays = t("chart.weekdays").split(" ")
    along = alt.Axis(labelAngle=0, labelOverlap="greedy", labelSeparation=18, labelAlign="left", ticks=False)
    down = alt.Axis(labelExpr=f"{weekdays!r}[datum.value]", labelOverlap=False, labelFlush=False, ticks=False)
    shades = alt.Scale(range=["#c3d7ee", ACCENT] if several else [ACCENT, ACCENT])
    legend = alt.Legend(orient="right", gradientLength=80, tickMinStep=1, format="d") if several else None
    chart: Picture = (
        chart_of(shown)
        .mark_rect(stroke="#fff")
        .encode(
            x=alt.X("week:O", title=None, scale=alt.Scale(domain=weeks), axis=along),
            y=alt.Y("weekday:O", title=None, scale=alt.Scale(domain=list(range(7))), axis=down),
            color=alt.Color("settlements:Q", title=t("chart.settlements"), scale=shades, legend=legend),
            tooltip=[
                alt.Tooltip("day:N", title=t("chart.day")),
                alt.Tooltip("settlements:Q", title=t("chart.settlements")),
                alt.Tooltip("exact:N", title=t("column.amount")),
            ],
        )
        .properties(height=_CELL * 7, autosize=FIT_WIDTH)
    )
    return chart


def _weeks(first: str, last: str) -> list[str]:
    """Every week from the first Monday to the last; around a short time some more, so that a day looks like a day."""
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    missing = max(_LEAST_WEEKS - (end - start).days // 7 - 1, 0)
    start -= dt.timedelta(weeks=missing // 2)
    end += dt.timedelta(weeks=missing - missing // 2)
    return [(start + dt.timedelta(days)).isoformat() for days in range(0, (end - start).days + 1, 7)]


def _cells(rows: list[EvidenceRow]) -> dict[str, list[CalendarCell]]:
    """Days with settlements by the Monday of their week."""
    by_day: dict[dt.date, list[int]] = {}
    for row in rows:
        by_day.setdefault(row.settled_at.day, []).append(row.pool + row.account)
    cells: dict[str, list[CalendarCell]] = {}
    for day, money in by_day.items():
        week = (day - dt.timedelta(day.weekday())).isoformat()
        cells.setdefault(week, []).append(
            {
                "week": week,
                "weekday": day.weekday(),
                "day": day.isoformat(),
                "settlements": len(money),
                "exact": figures().money(sum(money)),
            }
        )
    return cells


def days_by_people(rows: list[EvidenceRow]) -> Picture:
    """Who was present on which day: days along, people down, the most frequent first."""
    visits = Counter(row.person for row in rows)
    people = sorted(visits, key=lambda person: (-visits[person], person))[:_MOST_PEOPLE]
    shown = [value for value in _values(rows, {}) if value["person"] in set(people)]
    level = len({value["day"] for value in shown}) <= _MOST_LEVEL_DAYS
    days = alt.Axis(labelAngle=0 if level else -60, labelOverlap=True)
    chart: Picture = (
        chart_of(shown)
        .mark_rect(stroke="#fff", color=ACCENT)
        .encode(
            x=alt.X("day:O", title=None, axis=days),
            y=alt.Y("person:N", title=None, sort=people, axis=alt.Axis(labelLimit=130, labelFlush=False)),
            tooltip=_tooltip("person", "provider"),
        )
        .properties(height=18 * len(people), autosize=FIT_WIDTH)
    )
    return chart
