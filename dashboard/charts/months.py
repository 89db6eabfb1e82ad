"""Money of records by month: above zero what was paid too much, below zero what is owed to the insured."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from dashboard.charts.drawing import Picture, chart_of
from dashboard.theme import ACCENT, FIT_WIDTH, GRID, MUTED
from dashboard.wording import figures, money_axis, t

_YUAN = 100


def signed_months(months: Sequence[tuple[str, int, int]]) -> Picture:
    """Bars of month, fen above zero and fen below zero."""
    sides = (t("chart.over"), t("chart.owed"))
    values = [
        {"month": month, "side": side, "yuan": fen / _YUAN, "exact": figures().money(fen)}
        for month, *both in months
        for side, fen in zip(sides, both, strict=True)
        if fen
    ]
    yuan = alt.Axis(labelExpr=money_axis(), tickCount=5, gridColor=GRID)
    chart: Picture = (
        chart_of(values)
        .mark_bar(size=14)
        .encode(
            x=alt.X("month:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y("yuan:Q", title=None, axis=yuan),
            color=alt.Color(
                "side:N",
                scale=alt.Scale(domain=list(sides), range=[ACCENT, MUTED]),
                legend=alt.Legend(orient="top", title=None, offset=4, labelLimit=240),
            ),
            tooltip=[
                alt.Tooltip("month:N", title=t("chart.month")),
                alt.Tooltip("side:N", title=t("column.cause")),
                alt.Tooltip("exact:N", title=t("column.amount")),
            ],
        )
        .properties(height=180, autosize=FIT_WIDTH)
    )
    return chart
