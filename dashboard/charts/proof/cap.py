"""What the pooled fund paid in the year, added up, against the annual cap."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from dashboard.charts.drawing import Picture, chart_of
from dashboard.charts.proof.drawing import Drawing, Row, at, days_axis, integer, own_day, own_time
from dashboard.theme import ACCENT, FIT_WIDTH, GRID, INK
from dashboard.wording import figures, money_axis, t


def cap(rows: Sequence[Row]) -> Drawing | None:
    """A step for each settlement of the evidence, and the cap as a line where it is known."""
    values = [
        {
            "at": at(own_day(row)),
            "yuan": used / 100,
            "time": own_time(row),
            "exact": figures().money(used),
        }
        for row in rows
        if (used := integer(row, "pool_used")) is not None
    ]
    if not values:
        return None
    yuan = alt.Axis(labelExpr=money_axis(), tickCount=5, gridColor=GRID)
    base = chart_of(values).encode(
        x=alt.X("at:T", axis=days_axis()),
        y=alt.Y("yuan:Q", title=None, axis=yuan, scale=alt.Scale(zero=True)),
        tooltip=[
            alt.Tooltip("time:N", title=t("column.settled_at")),
            alt.Tooltip("exact:N", title=t("chart.pool_used")),
        ],
    )
    layers: list[Picture] = [
        base.mark_line(interpolate="step-after", color=ACCENT, strokeWidth=2),
        base.mark_circle(color=ACCENT, size=46, opacity=1),
    ]
    caps = sorted({value for row in rows if (value := integer(row, "cap")) is not None})
    limits = [{"yuan": value / 100, "label": t("chart.cap", sum=figures().money(value))} for value in caps]
    if limits:
        layers.append(
            chart_of(limits).mark_rule(color=INK, strokeWidth=1.4, strokeDash=[5, 3]).encode(y="yuan:Q")
        )
        label = chart_of(limits).mark_text(
            align="left", baseline="bottom", dx=4, dy=-3, color=INK, fontWeight=600
        )
        layers.append(label.encode(x=alt.value(0), y="yuan:Q", text="label:N"))
    chart: Picture = alt.layer(*layers).properties(height=230, autosize=FIT_WIDTH)
    return Drawing("cap", (chart,))
