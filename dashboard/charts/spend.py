"""Charts of the first screen: money of alerts by week, spend by month against a year before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from dashboard.charts.drawing import Picture, chart_of
from dashboard.theme import ACCENT, FIT_WIDTH, GRID, INK, MUTED
from dashboard.wording import label, money_axis, t
from detection.store.queries.home.figures import HEADLINES
from detection.store.queries.home.weekly import WeekOfMoney

_FUNDS = ("pool", "account", "mutual_aid")
_WEEKLY_FUNDS = ("pool", "account")
_YUAN = 100


def money_by_week(weeks: Sequence[WeekOfMoney]) -> list[Picture]:
    """Money of open alerts by week of settlement: a chart for each fund, a line for each kind."""
    rows = [
        {"week": week.week, "kind": label("money_kind", week.kind), "fund": fund, "yuan": fen / _YUAN}
        for week in weeks
        for fund, fen in (("pool", week.money.pool), ("account", week.money.account))
    ]
    kinds = alt.Scale(domain=[label("money_kind", kind) for kind in HEADLINES], range=[INK, ACCENT])
    return [
        _weeks([row for row in rows if row["fund"] == fund], fund, kinds, last=fund == _WEEKLY_FUNDS[-1])
        for fund in _WEEKLY_FUNDS
    ]


def _weeks(rows: list[dict[str, Any]], fund: str, kinds: alt.Scale, *, last: bool) -> Picture:
    weeks = alt.Axis(format="%Y-%m", tickCount=6, grid=False, labels=last, ticks=last, domainColor=GRID)
    yuan = alt.Axis(labelExpr=money_axis(), tickCount=3, gridColor=GRID, minExtent=44, domain=False)
    title = alt.TitleParams(t(f"fund.{fund}"), anchor="start", fontSize=12, fontWeight="normal", offset=2)
    chart: Picture = (
        chart_of(rows)
        .mark_line(point=alt.OverlayMarkDef(size=14))
        .encode(
            x=alt.X("week:T", title=None, axis=weeks),
            y=alt.Y("yuan:Q", title=None, axis=yuan),
            color=alt.Color("kind:N", scale=kinds, legend=None),
            tooltip=[
                alt.Tooltip("week:T", title=t("chart.week"), format="%Y-%m-%d"),
                alt.Tooltip("kind:N", title=t("column.money_kind")),
                alt.Tooltip("yuan:Q", title=t("column.amount_yuan"), format=",.2f"),
            ],
        )
        .properties(height=62, title=title, autosize=FIT_WIDTH)
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
