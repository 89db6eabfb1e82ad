"""An indicator over time: its lines, the days on which the policy changed, and the attention thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import altair as alt

from dashboard.charts.drawing import Picture, chart_of
from dashboard.theme import ATTENTION, CHART_TEXT, FIT_WIDTH, GRID, INK, LINES
from dashboard.wording import t

_FORMATS = {"share": ".2~%", "points": "+.2~%"}
_HEIGHT = 150
_MOST_LABELS = 8


@dataclass(frozen=True)
class TrendPoint:
    """A value of a line.

    Attributes:
        line: name of the line.
        month: month of the value, or the last of its months.
        value: in the unit; None where there is nothing to show.
        assessed: whether it rests on enough people.
        text: the value in words.
    """

    line: str
    month: str
    value: float | None
    assessed: bool
    text: str


@dataclass(frozen=True)
class Bound:
    """A side of the attention threshold, in the unit, with its label."""

    value: float
    text: str


@dataclass(frozen=True)
class PolicyDate:
    """A month in which the policy changed, and the label of its line."""

    month: str
    text: str


def trend_chart(
    points: Sequence[TrendPoint], unit: str, bounds: Sequence[Bound], dates: Sequence[PolicyDate]
) -> Picture:
    """Lines of months; values of too few people are hollow, hidden values leave a gap.

    Args:
        points: of all lines, oldest first.
        unit: of the values.
        bounds: attention thresholds.
        dates: months in which the policy changed.
    """
    months = sorted({point.month for point in points})
    names = list(dict.fromkeys(point.line for point in points))
    every = -(-len(months) // _MOST_LABELS)
    # A grid line for each label and none without one, so that each can be read.
    time = alt.Axis(
        labelAngle=0, values=months[::every], grid=True, gridColor=GRID, domainColor=GRID, labelOverlap=False,
    )  # fmt: skip
    amount = alt.Axis(
        format=_FORMATS.get(unit, ",.4~g"),
        tickCount=4,
        gridColor=GRID,
        domain=False,
    )
    x = alt.X("month:O", title=None, axis=time, scale=alt.Scale(domain=months, padding=0.5))
    y = alt.Y("value:Q", title=None, axis=amount, scale=alt.Scale(zero=False, nice=True))
    lines = alt.Scale(domain=names, range=list(LINES[: len(names)]))
    legend = alt.Legend(title=None, orient="top", symbolType="stroke", labelLimit=400)
    color = alt.Color("line:N", scale=lines, legend=legend if len(names) > 1 else None)
    base = chart_of([asdict(point) for point in points]).encode(x=x, y=y, color=color)
    dots = base.mark_point(size=38, filled=True, opacity=1).encode(
        fill=alt.condition(
            "datum.assessed", alt.Color("line:N", scale=lines, legend=None), alt.value("white")
        ),
        tooltip=[
            alt.Tooltip("line:N", title=t("indicator.trend.line")),
            alt.Tooltip("month:N", title=t("chart.month")),
            alt.Tooltip("text:N", title=t("indicator.value")),
        ],
    )
    layers = [base.mark_line(strokeWidth=2), dots, *_bounds(bounds), *_dates(dates)]
    chart: Picture = alt.layer(*layers).properties(height=_HEIGHT, autosize=FIT_WIDTH)
    return chart


def _bounds(bounds: Sequence[Bound]) -> list[alt.Chart]:
    layers: list[alt.Chart] = []
    for bound in bounds:
        base = chart_of([asdict(bound)]).encode(y="value:Q")
        layers.append(base.mark_rule(color=ATTENTION, strokeDash=[5, 3], strokeWidth=1.5))
        text = base.mark_text(align="right", baseline="bottom", dy=-3, color=ATTENTION, fontSize=CHART_TEXT)
        layers.append(text.encode(x=alt.value("width"), text="text:N"))
    return layers


def _dates(dates: Sequence[PolicyDate]) -> list[alt.Chart]:
    base = chart_of([asdict(date) for date in dates]).encode(x="month:O")
    rule = base.mark_rule(color=INK, strokeDash=[2, 2])
    text = base.mark_text(align="left", baseline="top", dx=4, color=INK, fontSize=CHART_TEXT)
    return [rule, text.encode(y=alt.value(2), text="text:N")] if dates else []
