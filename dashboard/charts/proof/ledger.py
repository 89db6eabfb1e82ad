"""Credits and purchases of an account with its balance; entries of a ledger whose balance is not the one expected."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import altair as alt

from dashboard.charts.drawing import Picture, chart_of
from dashboard.charts.proof.drawing import Drawing, Row, day, integer, own_time, text
from dashboard.charts.proof.gaps import expected_balances
from dashboard.theme import ACCENT, FIT_WIDTH, GRID, INK, MUTED
from dashboard.wording import figures, money_axis, t
from detection.store.queries.evidence import EvidenceRow

_MOST_ACCOUNTS = 4
_HEIGHT = 130
_MOST_MOVES = 40


def ledger(rows: Sequence[Row]) -> Drawing | None:
    """The accounts with most money of the evidence, one under the other; records by expected and recorded balance."""
    if not all(isinstance(row, EvidenceRow) for row in rows):
        return expected_balances(rows)
    known = [row for row in rows if isinstance(row, EvidenceRow) and {"credit", "balance"} & row.proof.keys()]
    if not known:
        return None
    spent = Counter[str]()
    for row in known:
        spent[_account(row)] += row.account
    owners = [
        owner for owner, _ in sorted(spent.items(), key=lambda each: (-each[1], each[0]))[:_MOST_ACCOUNTS]
    ]
    charts = [_account_chart([row for row in known if _account(row) == owner], owner) for owner in owners]
    return Drawing("ledger", tuple(charts))


def _account(row: Row) -> str:
    return text(row, "payer") or row.person


def _account_chart(rows: Sequence[EvidenceRow], owner: str) -> Picture:
    """Movements in their order, so that minutes and weeks between them are as wide; the line is what was left."""
    kinds = (t("chart.credited"), t("chart.spent"))
    moves = _moves(rows)
    bars = [
        {"step": step, "kind": kinds[spent], "yuan": fen_ / 100, "exact": figures().money(fen_)}
        for step, spent, fen_, _ in moves
    ]
    left = [
        {"step": step, "yuan": balance / 100, "exact": figures().money(balance)}
        for step, _, _, balance in moves
        if balance is not None
    ]
    steps = [step for step, *_ in moves]
    along = alt.Axis(labelAngle=-40, labelOverlap=True, title=None)
    x = alt.X("step:O", sort=steps, axis=along)
    yuan = alt.Axis(labelExpr=money_axis(), tickCount=4, gridColor=GRID)
    tips = [
        alt.Tooltip("step:N", title=t("column.settled_at")),
        alt.Tooltip("exact:N", title=t("column.amount")),
    ]
    bar = (
        chart_of(bars)
        .mark_bar(size=10)
        .encode(
            x=x,
            y=alt.Y("yuan:Q", title=owner, axis=yuan),
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=list(kinds), range=[MUTED, ACCENT]),
                legend=alt.Legend(orient="top", title=None, offset=4),
            ),
            tooltip=tips,
        )
    )
    point = alt.OverlayMarkDef(color=INK, size=26)
    balances = chart_of(left).mark_line(color=INK, interpolate="step-after", point=point)
    chart: Picture = alt.layer(bar, balances.encode(x=x, y="yuan:Q", tooltip=tips)).properties(
        height=_HEIGHT, autosize=FIT_WIDTH
    )
    return chart


def _moves(rows: Sequence[EvidenceRow]) -> list[tuple[str, bool, int, int | None]]:
    """Time, whether it was spent, fen, and the balance after it: credits before the purchases that follow them."""
    credited = {
        (on, sum_)
        for row in rows
        if (on := day(row, "credited_on")) and (sum_ := integer(row, "credit")) is not None
    }
    spent = sorted(rows, key=lambda row: (row.settled_at, row.settlement))[:_MOST_MOVES]
    moves: list[tuple[tuple[dt.date, int, int], str, bool, int, int | None]]
    moves = [((on, 0, 0), figures().day(on), False, sum_, None) for on, sum_ in sorted(credited)]
    moves += [
        (
            (row.settled_at.day, 1, number),
            f"{own_time(row)} ({number + 1})",
            True,
            row.account,
            integer(row, "balance"),
        )
        for number, row in enumerate(spent)
    ]
    return [
        (step, was_spent, sum_, balance)
        for _, step, was_spent, sum_, balance in sorted(moves, key=lambda move: move[0])
    ]
