"""Swipes of the busiest days by operator and minute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import altair as alt

from dashboard.charts.drawing import Picture, chart_of
from dashboard.charts.proof.drawing import Drawing, Row, lane_axis, money, own_time, text
from dashboard.theme import ACCENT, FIT_WIDTH, GRID
from dashboard.wording import figures, t
from detection.store.queries.evidence import EvidenceRow

_MOST_LANES = 6
_LEAST_ROWS = 2


def operator_day(rows: Sequence[Row]) -> Drawing | None:
    """The days of an operator with most settlements, a lane each, with the minutes since its first along it."""
    timed = [
        row
        for row in rows
        if isinstance(row, EvidenceRow) and row.settled_at.to_the_minute and row.proof.get("operator")
    ]
    days = Counter((row.settled_at.day, text(row, "operator")) for row in timed)
    if not days or max(days.values()) < _LEAST_ROWS:
        return None
    busiest = sorted(sorted(days, key=lambda day: (-days[day], day))[:_MOST_LANES])
    first = {
        key: min(row.settled_at.at for row in timed if (row.settled_at.day, text(row, "operator")) == key)
        for key in busiest
    }
    lanes = {
        key: t("chart.operator_day", start=figures().time(first[key]), operator=key[1], n=days[key])
        for key in busiest
    }
    values = [
        {
            "lane": lanes[key],
            "minutes": int((row.settled_at.at - first[key]).total_seconds()) // 60,
            "time": own_time(row),
            "person": row.person,
            "exact": figures().money(money(row)),
            "yuan": abs(money(row)) / 100,
        }
        for row in timed
        if (key := (row.settled_at.day, text(row, "operator"))) in lanes
    ]
    axis = alt.Axis(
        gridColor=GRID, tickCount=12, tickMinStep=1, labelExpr="datum.value < 0 ? '' : datum.label"
    )
    chart: Picture = (
        chart_of(values)
        .mark_circle(color=ACCENT, opacity=0.7)
        .encode(
            x=alt.X("minutes:Q", title=t("chart.since_first"), scale=alt.Scale(padding=12), axis=axis),
            y=alt.Y("lane:N", sort=list(lanes.values()), axis=lane_axis(330)),
            size=alt.Size("yuan:Q", legend=None, scale=alt.Scale(range=[30, 180])),
            tooltip=[
                alt.Tooltip("time:N", title=t("column.settled_at")),
                alt.Tooltip("person:N", title=t("column.person")),
                alt.Tooltip("exact:N", title=t("column.amount")),
            ],
        )
        .properties(height=34 * len(lanes), autosize=FIT_WIDTH)
    )
    return Drawing("operator_day", (chart,))
