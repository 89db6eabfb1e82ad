"""Money of one subject by month, by the fund that paid; and the balance of an account."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from dashboard.charts.drawing import Picture, chart_of
from dashboard.theme import ACCENT, FIT_WIDTH, GRID, MUTED
from dashboard.wording import figures, money_axis, t
from detection.store.queries.subjects.ledgers import LedgerMonth
from detection.store.queries.subjects.profile import Month

_YUAN = 100
_FUNDS = {"pool": ACCENT, "account": "#6aa1d8", "mutual_aid": MUTED}
_HEIGHT = 170


def subject_months(months: Sequence[Month]) -> Picture:
    """Stacked bars by month; a fund that paid nothing is left out."""
    funds = [fund for fund in _FUNDS if any(getattr(month.sums, fund) for month in months)]
    names = {fund: t(f"chart.{fund}") for fund in funds}
    values = [
        {
            "month": month.month,
            "fund": names[fund],
            "order": order,
            "yuan": getattr(month.sums, fund) / _YUAN,
            "exact": figures().money(getattr(month.sums, fund)),
            "settlements": month.sums.settlements,
        }
        for month in months
        for order, fund in enumerate(funds)
    ]
    colors = alt.Scale(domain=list(names.values()), range=[_FUNDS[fund] for fund in funds])
    chart: Picture = (
        chart_of(values)
        .mark_bar(size=_bar(len(months)))
        .encode(
            x=alt.X("month:O", title=None, axis=_month_axis()),
            y=alt.Y("yuan:Q", title=None, axis=_yuan_axis()),
            color=alt.Color("fund:N", scale=colors, legend=_legend()),
            order=alt.Order("order:Q"),
            tooltip=[
                alt.Tooltip("month:N", title=t("chart.month")),
                alt.Tooltip("fund:N", title=t("subject.fund")),
                alt.Tooltip("exact:N", title=t("column.amount")),
                alt.Tooltip("settlements:Q", title=t("subject.settlements"), format=","),
            ],
        )
        .properties(height=_HEIGHT, autosize=FIT_WIDTH)
    )
    return chart


def balance_months(months: Sequence[LedgerMonth]) -> Picture:
    """The balance at the end of each month, as a line over what was credited and debited."""
    names = {name: t(f"account.{name}") for name in ("credited", "debited", "balance")}
    values = [
        {"month": each.month, "name": names[name], "yuan": fen / _YUAN, "exact": figures().money(abs(fen))}
        for each in months
        for name, fen in (("credited", each.credited), ("debited", -each.debited))
    ]
    balances = [
        {
            "month": each.month,
            "name": names["balance"],
            "yuan": each.balance / _YUAN,
            "exact": figures().money(each.balance),
        }
        for each in months
        if each.balance is not None
    ]
    colors = alt.Scale(domain=list(names.values()), range=["#6aa1d8", MUTED, ACCENT])
    tooltip = [
        alt.Tooltip("month:N", title=t("chart.month")),
        alt.Tooltip("name:N", title=t("subject.ledger")),
        alt.Tooltip("exact:N", title=t("column.amount")),
    ]
    x, y = alt.X("month:O", title=None, axis=_month_axis()), alt.Y("yuan:Q", title=None, axis=_yuan_axis())
    color = alt.Color("name:N", scale=colors, legend=_legend())
    bars = chart_of(values).mark_bar(size=_bar(len(months))).encode(x=x, y=y, color=color, tooltip=tooltip)
    line = chart_of(balances).mark_line(point=True).encode(x=x, y=y, color=color, tooltip=tooltip)
    chart: Picture = alt.layer(bars, line).properties(height=_HEIGHT, autosize=FIT_WIDTH)
    return chart


def _bar(months: int) -> int:
    """Pixels of a bar, so that many months stay apart."""
    return max(4, min(22, 480 // max(months, 1)))


def _month_axis() -> alt.Axis:
    return alt.Axis(labelAngle=0, labelOverlap=True, grid=False, domainColor=GRID)


def _yuan_axis() -> alt.Axis:
    return alt.Axis(labelExpr=money_axis(), tickCount=4, gridColor=GRID, minExtent=44, domain=False)


def _legend() -> alt.Legend:
    return alt.Legend(orient="top", title=None, offset=4, labelLimit=240)
