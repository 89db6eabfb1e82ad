"""Credits and purchases of an account with its balance; entries of a ledger whose balance is not the one expected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import altair as alt

from dashboard.charts.drawing import Picture, chart_of
from dashboard.charts.proof.drawing import Drawing, Row, at, day, days_axis, fen, own_day, own_time, text
from dashboard.charts.proof.gaps import expected_balances
from dashboard.theme import ACCENT, GRID, INK, MUTED
from dashboard.wording import figures, money_axis, t
from detection.store.queries.evidence import EvidenceRow

_MOST_ACCOUNTS = 4
_HEIGHT = 120


def ledger(rows: Sequence[Row]) -> Drawing | None:
    """The accounts with most money of the evidence, one under the other; records by expected and recorded balance."""
    if not all(isinstance(row, EvidenceRow) for row in rows):
        return expected_balances(rows)
    known = [row for row in rows if {"credit", "balance"} & row.proof.keys()]
    if not known:
        return None
    spent = Counter[str]()
    for row in known:
        spent[_account(row)] += row.account
    owners = [
        owner for owner, _ in sorted(spent.items(), key=lambda each: (-each[1], each[0]))[:_MOST_ACCOUNTS]
    ]
    charts = [_account_chart([row for row in known if _account(row) == owner], owner) for owner in owners]
    chart: Picture = charts[0] if len(charts) == 1 else alt.vconcat(*charts, spacing=14)
    return Drawing("ledger", chart)


def _account(row: Row) -> str:
    return text(row, "payer") or row.person


def _account_chart(rows: Sequence[Row], owner: str) -> Picture:
    credited = {
        (on, sum_)
        for row in rows
        if (on := day(row, "credited_on")) and (sum_ := fen(row, "credit")) is not None
    }
    kinds = (t("chart.credited"), t("chart.spent"))
    bars = [_bar(at(on), kinds[0], sum_, figures().day(on)) for on, sum_ in sorted(credited)]
    bars += [_bar(at(own_day(row)), kinds[1], -row.account, own_time(row)) for row in rows]
    left = [
        {
            "at": at(own_day(row)),
            "yuan": balance / 100,
            "time": own_time(row),
            "exact": figures().money(balance),
        }
        for row in rows
        if (balance := fen(row, "balance")) is not None
    ]
    yuan = alt.Axis(labelExpr=money_axis(), tickCount=4, gridColor=GRID)
    tips = [
        alt.Tooltip("time:N", title=t("column.settled_at")),
        alt.Tooltip("exact:N", title=t("column.amount")),
    ]
    bar = (
        chart_of(bars)
        .mark_bar(size=7)
        .encode(
            x=alt.X("at:T", axis=days_axis(), scale=alt.Scale(padding=14)),
            y=alt.Y("yuan:Q", title=owner, axis=yuan),
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=list(kinds), range=[MUTED, ACCENT]),
                legend=alt.Legend(orient="top", title=None, offset=4),
            ),
            tooltip=tips,
        )
    )
    balances = chart_of(left).mark_line(
        color=INK, interpolate="step-after", point=alt.OverlayMarkDef(color=INK, size=26)
    )
    chart: Picture = alt.layer(bar, balances.encode(x="at:T", y="yuan:Q", tooltip=tips)).properties(
        height=_HEIGHT, width="container"
    )
    return chart


def _bar(on: str, kind: str, sum_: int, time: str) -> dict[str, object]:
    return {"at": on, "kind": kind, "yuan": sum_ / 100, "time": time, "exact": figures().money(sum_)}
