"""An indicator over time: its points, the cut-over, and the attention thresholds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt

from dashboard.charts.drawing import Picture, chart_of
from dashboard.theme import ACCENT, FIT_WIDTH, GRID, INK, MUTED
from dashboard.wording import t

_FORMATS = {"share": ".2~%", "points": "+.2~%"}


def trend_chart(
    rows: Sequence[Mapping[str, object]], unit: str, bounds: list[float], cut_over: str
) -> Picture:
    """A line of months; values of too few people are hollow, hidden values leave a gap.

    Args:
        rows: month, value in the unit (None: nothing to show), assessed, shown (the value in text).
        unit: of the value.
        bounds: attention thresholds.
        cut_over: first month in which the pooled fund pays ordinary outpatient care; empty where unknown.
    """
    months = alt.Axis(labelAngle=0, labelOverlap=True, grid=False, domainColor=GRID)
    base = chart_of(rows).encode(x=alt.X("month:O", title=None, axis=months))
    yuan = alt.Axis(format=_FORMATS.get(unit, ",.4~g"), tickCount=4, gridColor=GRID, domain=False)
    value = alt.Y("value:Q", title=None, axis=yuan, scale=alt.Scale(zero=unit == "share"))
    line = base.mark_line(color=ACCENT).encode(y=value)
    points = base.mark_point(size=34, color=ACCENT, filled=True).encode(
        y=value,
        fill=alt.condition("datum.assessed", alt.value(ACCENT), alt.value("white")),
        tooltip=[
            alt.Tooltip("month:N", title=t("chart.month")),
            alt.Tooltip("shown:N", title=t("indicator.value")),
        ],
    )
    layers: list[alt.Chart] = [line, points]
    for bound in bounds:
        rule = chart_of([{"bound": bound}]).mark_rule(color=MUTED, strokeDash=[4, 3])
        layers.append(rule.encode(y="bound:Q"))
    if cut_over in {row["month"] for row in rows}:
        cut = chart_of([{"month": cut_over, "text": t("indicator.cut_over")}]).encode(x="month:O")
        layers.append(cut.mark_rule(color=INK))
        layers.append(cut.mark_text(align="left", dx=4, dy=-62, color=INK, fontSize=11).encode(text="text:N"))
    chart: Picture = alt.layer(*layers).properties(height=150, autosize=FIT_WIDTH)
    return chart
