"""Visits of one person at places too far apart: a map without tiles, or times of day without coordinates."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from dashboard.charts.drawing import CLOCK, Picture, chart_of
from dashboard.charts.proof.drawing import Drawing, day, integer, lane_axis, text
from dashboard.charts.proof.drawing import Row as AnyRow
from dashboard.charts.proof.outlines import district_layers
from dashboard.charts.proof.surroundings import NOTHING, Surroundings
from dashboard.theme import ACCENT, FIT_WIDTH, GRID, INK
from dashboard.wording import figures, t
from detection.store.queries.evidence import EvidenceRow as Row

_MOST_LEGS = 24
_MOST_TIMES = 6
_Place = tuple[str, tuple[float, float]]
"""Name, latitude and longitude: several places may have one name."""


def travel(rows: Sequence[AnyRow], around: Surroundings = NOTHING) -> Drawing | None:
    """The places with the legs between them; without coordinates both times of day."""
    legs = _legs([row for row in rows if isinstance(row, Row) and row.proof.get("visit_provider")])
    if not legs:
        return None
    placed = [row for row in legs if row.proof.get("here") and row.proof.get("there")]
    return Drawing("travel", (_map(placed, around),)) if placed else _times(legs)


def _legs(rows: Sequence[Row]) -> list[Row]:
    """Each pair of visits once: it is the evidence of both."""
    kept: dict[frozenset[str], Row] = {}
    for row in rows:
        kept.setdefault(frozenset((row.settlement, text(row, "visit_settlement"))), row)
    return list(kept.values())[:_MOST_LEGS]


def _leg_text(legs: Sequence[Row]) -> str:
    """Kilometers and minutes of the visits between two places."""
    minutes = sorted(count for row in legs if (count := integer(row, "minutes_between")) is not None)
    known = [t("chart.km", km=text(legs[0], "km")) if "km" in legs[0].proof else ""]
    if len(minutes) == 1:
        known.append(t("chart.minutes", n=minutes[0]))
    elif minutes:
        known.append(t("chart.minutes.several", n=len(minutes), least=minutes[0], most=minutes[-1]))
    return " · ".join(part for part in known if part)


def _map(legs: Sequence[Row], around: Surroundings) -> Picture:
    places: dict[_Place, None] = {}
    between: dict[frozenset[_Place], list[Row]] = {}
    for row in legs:
        ends = (row.provider, _point(row, "here")), (text(row, "visit_provider"), _point(row, "there"))
        between.setdefault(frozenset(ends), []).append(row)
        places |= dict.fromkeys(ends)
    lines = [_line(rows) for rows in between.values()]
    points = [{"name": name, "lat": lat, "lon": lon} for name, (lat, lon) in places]
    scale = alt.Scale(zero=False, padding=46)
    axis = alt.Axis(labels=False, ticks=False, domain=False, gridColor=GRID, title=None, tickCount=5)
    rule = chart_of(lines).mark_rule(color=ACCENT, strokeWidth=1.8, opacity=0.6)
    leg = chart_of(lines).mark_text(fontSize=12, fontWeight=600, color=ACCENT, align="left", dx=10, dy=-9)
    dots = chart_of(points).mark_circle(size=110, color=INK, opacity=1)
    names = chart_of(points).mark_text(dy=16, fontSize=11, color=INK)
    chart: Picture = alt.layer(
        *district_layers(around.outlines, [at for _, at in places], scale),
        rule.encode(
            x=alt.X("lon:Q", scale=scale, axis=axis),
            y=alt.Y("lat:Q", scale=scale, axis=axis),
            x2="lon_to:Q",
            y2="lat_to:Q",
            tooltip=[alt.Tooltip("leg:N", title=t("chart.leg"))],
        ),
        leg.encode(x="lon_mid:Q", y="lat_mid:Q", text="leg:N"),
        dots.encode(x="lon:Q", y="lat:Q", tooltip=alt.Tooltip("name:N", title=t("column.place"))),
        names.encode(x="lon:Q", y="lat:Q", text="name:N"),
    ).properties(height=260, autosize=FIT_WIDTH)
    return chart


def _line(legs: Sequence[Row]) -> dict[str, object]:
    """Both ends of the way between two places, its middle, and what is known of it."""
    (lat, lon), (lat_to, lon_to) = _point(legs[0], "here"), _point(legs[0], "there")
    return {
        "lat": lat,
        "lon": lon,
        "lat_to": lat_to,
        "lon_to": lon_to,
        "lat_mid": (lat + lat_to) / 2,
        "lon_mid": (lon + lon_to) / 2,
        "leg": _leg_text(legs),
    }


def _point(row: Row, column: str) -> tuple[float, float]:
    """Latitude and longitude."""
    value = row.proof[column]
    latitude, longitude = value if isinstance(value, list) else (0.0, 0.0)
    return float(latitude), float(longitude)


def _times(legs: Sequence[Row]) -> Drawing | None:
    """Both times of each day, a lane for each visit."""
    values: list[dict[str, object]] = []
    lines: list[dict[str, object]] = []
    order: list[str] = []
    for row in legs[:_MOST_TIMES]:
        other = day(row, "visit_at")
        clock = str(row.proof.get("visit_at", ""))[11:16]
        if not (row.settled_at.to_the_minute and clock and other == row.settled_at.day):
            continue
        on = figures().day(row.settled_at.day)
        own = row.settled_at.at.hour + row.settled_at.at.minute / 60
        there = int(clock[:2]) + int(clock[3:]) / 60
        lane, lane_there = f"{on} · {row.provider}", f"{on} · {text(row, 'visit_provider')}"
        order += [name for name in (lane, lane_there) if name not in order]
        values += [{"lane": lane, "hour": own}, {"lane": lane_there, "hour": there}]
        lines.append(
            {"lane": lane, "lane_to": lane_there, "hour": own, "hour_to": there, "leg": _leg_text([row])}
        )
    if not lines:
        return None
    axis = alt.Axis(gridColor=GRID, labelExpr=CLOCK)
    x = alt.X("hour:Q", title=None, scale=alt.Scale(zero=False, padding=30), axis=axis)
    y = alt.Y("lane:N", sort=order, axis=lane_axis(300))
    dots = chart_of(values).mark_circle(size=110, color=INK).encode(x=x, y=y)
    rule = chart_of(lines).mark_rule(color=ACCENT, strokeWidth=1.6)
    leg = chart_of(lines).mark_text(align="left", dx=12, color=ACCENT, fontWeight=600)
    ways = rule.encode(x="hour:Q", x2="hour_to:Q", y="lane:N", y2="lane_to:N")
    label = leg.encode(x="hour:Q", y="lane:N", text="leg:N")
    chart: Picture = alt.layer(ways, dots, label).properties(height=30 * len(order), autosize=FIT_WIDTH)
    return Drawing("travel_times", (chart,))
