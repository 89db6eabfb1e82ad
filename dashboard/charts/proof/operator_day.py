"""Swipes of the busiest days by operator and minute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import altair as alt

from dashboard.charts.proof.drawing import Drawing, Row, dots, money, own_time, text
from dashboard.theme import GRID
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
    minutes = alt.X("minutes:Q", title=t("chart.since_first"), scale=alt.Scale(padding=12), axis=axis)
    hints = {"time": "column.settled_at", "person": "column.person", "exact": "column.amount"}
    return Drawing("operator_day", (dots(values, list(lanes.values()), minutes, hints),))
