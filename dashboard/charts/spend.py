"""Charts of the first screen: alerts by week, spend by month against a year before."""

from __future__ import annotations

from typing import Any

import altair as alt

from dashboard.charts.drawing import Picture, chart_of
from dashboard.theme import ACCENT, FAMILIES, FIT_WIDTH, GRID, MUTED
from dashboard.wording import label, money_axis, t

_FUNDS = ("pool", "account", "mutual_aid")
_YUAN = 100
_LEGEND = alt.Legend(orient="top", offset=4, title=None, labelLimit=240, columns=2)


def alerts_by_week(rows: list[dict[str, Any]]) -> Picture:
    """Stacked bars of open alerts.

    Args:
        rows: week (ISO day of its Monday), family, alerts.
    """
    named = [row | {"family": label("family", row["family"])} for row in rows]
    scale = alt.Scale(domain=[label("family", family) for family in FAMILIES], range=list(FAMILIES.values()))
    chart: Picture = (
        chart_of(named)
        .mark_bar(size=9)
        .encode(
            x=alt.X(
                "week:T",
                title=None,
                axis=alt.Axis(format="%Y-%m", tickCount=6, grid=False),
                scale=alt.Scale(padding=8),
            ),
            y=alt.Y("alerts:Q", title=t("chart.alerts"), axis=alt.Axis(gridColor=GRID, tickMinStep=1)),
            color=alt.Color("family:N", scale=scale, legend=_LEGEND),
            tooltip=[
                alt.Tooltip("week:T", title=t("chart.week"), format="%Y-%m-%d"),
                alt.Tooltip("family:N", title=t("filter.family")),
                alt.Tooltip("alerts:Q", title=t("chart.alerts")),
            ],
        )
        .properties(height=120, autosize=FIT_WIDTH)
    )
    return chart


def spend_by_month(rows: list[dict[str, Any]]) -> list[Picture]:
    """Three small charts, one per fund: the last twelve months, and a year before them in gray."""
    last = rows[-12:]
    before = {_year_later(row["month"]): row for row in rows[:-12]}
    return [_fund(fund, last, before, labeled=fund == _FUNDS[-1]) for fund in _FUNDS]


def _year_later(month: str) -> str:
    return f"{int(month[:4]) + 1}{month[4:]}"


def _fund(
    fund: str, last: list[dict[str, Any]], before: dict[str, dict[str, Any]], *, labeled: bool
) -> Picture:
    values = [
        {
            "month": row["month"],
            "now": row[fund] / _YUAN,
            "before": before[row["month"]][fund] / _YUAN if row["month"] in before else None,
        }
        for row in last
    ]
    months = alt.Axis(
        labelAngle=0, labelOverlap=True, grid=False, labels=labeled, ticks=labeled, domainColor=GRID
    )
    tooltip = [
        alt.Tooltip("month:N", title=t("chart.month")),
        alt.Tooltip("now:Q", title=t("chart.this_year"), format=",.2f"),
        alt.Tooltip("before:Q", title=t("chart.year_before"), format=",.2f"),
    ]
    base = chart_of(values).encode(x=alt.X("month:O", title=None, axis=months))
    yuan = alt.Axis(labelExpr=money_axis(), tickCount=3, gridColor=GRID, minExtent=44, domain=False)
    year_before = base.mark_line(color=MUTED, strokeDash=[4, 3]).encode(
        y=alt.Y("before:Q", title=None, axis=yuan)
    )
    line = base.mark_line(color=ACCENT, point=alt.OverlayMarkDef(size=22, color=ACCENT)).encode(
        y="now:Q", tooltip=tooltip
    )
    title = alt.TitleParams(t(f"chart.{fund}"), anchor="start", fontSize=12, fontWeight="normal", offset=2)
    chart: Picture = alt.layer(year_before, line).properties(
        height=52, title=title, autosize=FIT_WIDTH, padding={"bottom": 0, "top": 2}
    )
    return chart
