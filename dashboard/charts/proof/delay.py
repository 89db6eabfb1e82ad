"""How many days passed between care and the day on which it was sent."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from dashboard.charts.drawing import Picture, chart_of
from dashboard.charts.proof.drawing import Drawing, Row, at, day, days_axis, integer, money, own_time
from dashboard.theme import ACCENT, FIT_WIDTH, GRID
from dashboard.wording import figures, t


def delay(rows: Sequence[Row]) -> Drawing | None:
    """A dot for each settlement: the day of care along, days until it was sent up."""
    values = [
        {
            "at": at(served),
            "days": days,
            "served": figures().day(served),
            "sent": own_time(row),
            "exact": figures().money(money(row)),
        }
        for row in rows
        if (served := day(row, "served_on")) and (days := integer(row, "days_late"))
    ]
    if not values:
        return None
    chart: Picture = (
        chart_of(values)
        .mark_circle(color=ACCENT, opacity=0.6, size=60)
        .encode(
            x=alt.X("at:T", axis=days_axis(t("chart.served_on"))),
            y=alt.Y("days:Q", title=t("chart.days_late"), axis=alt.Axis(gridColor=GRID, tickMinStep=1)),
            tooltip=[
                alt.Tooltip("served:N", title=t("chart.served_on")),
                alt.Tooltip("sent:N", title=t("column.settled_at")),
                alt.Tooltip("days:Q", title=t("chart.days_late")),
            ],
        )
        .properties(height=200, autosize=FIT_WIDTH)
    )
    return Drawing("delay", (chart,))
