"""What is recorded next to what was due: two points, and between them the difference."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from dashboard.charts.drawing import Picture, chart_of
from dashboard.charts.proof.drawing import Drawing, Row, integer, lane_axis, own_time, text
from dashboard.theme import ACCENT, FIT_WIDTH, GRID, INK, MUTED
from dashboard.wording import figures, money_axis, t

_MOST_ROWS = 20


def paid_and_due(rows: Sequence[Row]) -> Drawing | None:
    """What the pooled fund paid and what was due, or a credit posted and the credit due: the largest differences."""
    return _gaps(rows, (("pool_due", "pool_paid"), ("credit_due", "credit_posted")), "paid_and_due")


def expected_balances(rows: Sequence[Row]) -> Drawing | None:
    """The balance that an entry should have left, and the one recorded."""
    return _gaps(rows, (("balance_expected", "balance_recorded"),), "balances")


def _gaps(rows: Sequence[Row], columns: Sequence[tuple[str, str]], caption: str) -> Drawing | None:
    pairs = [
        (row, due, recorded)
        for row in rows
        for first, second in columns
        if (due := integer(row, first)) is not None and (recorded := integer(row, second)) is not None
    ]
    if not pairs:
        return None
    largest = sorted(pairs, key=lambda each: (-abs(each[2] - each[1]), own_time(each[0])))[:_MOST_ROWS]
    sides = (t(f"chart.{caption}.due"), t(f"chart.{caption}.recorded"))
    values = [
        {
            "lane": _lane(row, number),
            "due": due / 100,
            "recorded": recorded / 100,
            "gap": figures().money(recorded - due),
        }
        for number, (row, due, recorded) in enumerate(largest)
    ]
    points = [
        {"lane": _lane(row, number), "side": side, "yuan": sum_ / 100, "exact": figures().money(sum_)}
        for number, (row, *both) in enumerate(largest)
        for side, sum_ in zip(sides, both, strict=True)
    ]
    order = [str(value["lane"]) for value in values]
    yuan = alt.Axis(labelExpr=money_axis(), tickCount=6, gridColor=GRID, title=t("chart.yuan"))
    y = alt.Y("lane:N", sort=order, axis=lane_axis())
    rule = (
        chart_of(values)
        .mark_rule(color=MUTED, strokeWidth=3)
        .encode(x=alt.X("due:Q", axis=yuan, scale=alt.Scale(zero=False, padding=40)), x2="recorded:Q", y=y)
    )
    dots = (
        chart_of(points)
        .mark_point(size=90, filled=True, opacity=1)
        .encode(
            x="yuan:Q",
            y=y,
            color=alt.Color(
                "side:N",
                scale=alt.Scale(domain=list(sides), range=[MUTED, ACCENT]),
                legend=alt.Legend(orient="top", title=None, offset=4),
            ),
            tooltip=[alt.Tooltip("side:N", title=" "), alt.Tooltip("exact:N", title=t("column.amount"))],
        )
    )
    label = chart_of(values).mark_text(align="left", dx=9, color=INK, fontSize=11)
    gap = label.encode(x="end:Q", y=y, text="gap:N").transform_calculate(end="max(datum.due, datum.recorded)")
    chart: Picture = alt.layer(rule, dots, gap).properties(height=26 * len(values), autosize=FIT_WIDTH)
    return Drawing(caption, (chart,))


def _lane(row: Row, number: int) -> str:
    """When, or for which month; a number keeps rows of one time apart."""
    name = text(row, "accrual_month") or own_time(row)
    return f"{number + 1}. {name}"
