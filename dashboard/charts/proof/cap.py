"""What the pooled fund paid in the year, added up, against the annual cap and the days on which the policy changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise

import altair as alt

from dashboard.charts.drawing import Picture, chart_of
from dashboard.charts.proof.drawing import Drawing, Row, at, days_axis, integer, own_day, own_time
from dashboard.charts.proof.surroundings import NOTHING, PolicyDay, Surroundings
from dashboard.theme import ACCENT, ATTENTION, FIT_WIDTH, GRID, INK
from dashboard.wording import figures, money_axis, t

_TEXT_LINE = 15


def cap(rows: Sequence[Row], around: Surroundings = NOTHING) -> Drawing | None:
    """A step for each settlement of the evidence, the cap where it is known, and a line for each change of policy."""
    known = sorted((row for row in rows if integer(row, "pool_used") is not None), key=own_day)
    if not known:
        return None
    first, last = own_day(known[0]), own_day(known[-1])
    begin = first.replace(month=1, day=1)
    values = [_step(row) for row in known]
    yuan = alt.Axis(labelExpr=money_axis(), tickCount=5, gridColor=GRID)
    days = alt.X("at:T", axis=days_axis(), scale=alt.Scale(domain=[at(begin), at(last, days=3)]))
    base = chart_of(values).encode(
        x=days,
        y=alt.Y("yuan:Q", title=None, axis=yuan, scale=alt.Scale(zero=True)),
        tooltip=[
            alt.Tooltip("time:N", title=t("column.settled_at")),
            alt.Tooltip("exact:N", title=t("chart.pool_used")),
        ],
    )
    layers: list[Picture] = [
        base.mark_line(interpolate="step-after", color=ACCENT, strokeWidth=2),
        base.mark_circle(color=ACCENT, size=46, opacity=1),
        _before(begin, known[0], days),
        *_caps(known, begin, last, days),
        *_changes([each for each in around.policy_days if begin <= each.day <= last], days),
    ]
    chart: Picture = alt.layer(*layers).properties(height=230, autosize=FIT_WIDTH)
    return Drawing("cap", (chart,))


def _step(row: Row) -> dict[str, object]:
    used = integer(row, "pool_used") or 0
    return {
        "at": at(own_day(row)),
        "yuan": used / 100,
        "time": own_time(row),
        "exact": figures().money(used),
    }


def _before(begin: dt.date, first: Row, days: alt.X) -> Picture:
    """From nothing at the start of the year to what was used before the first settlement of the evidence."""
    used = (integer(first, "pool_used") or 0) - first.pool
    ends = [{"at": at(begin), "yuan": 0}, {"at": at(own_day(first)), "yuan": used / 100}]
    line: Picture = (
        chart_of(ends)
        .mark_line(color=ACCENT, strokeWidth=1.4, strokeDash=[2, 3], opacity=0.7)
        .encode(x=days, y="yuan:Q")
    )
    return line


def _caps(rows: Sequence[Row], begin: dt.date, last: dt.date, days: alt.X) -> Iterator[Picture]:
    """The cap as a dashed line; where it changed, each from the first settlement under it to the next cap."""
    changes: list[tuple[dt.date, int]] = []
    for row in rows:
        value = integer(row, "cap")
        if value is not None and (not changes or value != changes[-1][1]):
            changes.append((own_day(row) if changes else begin, value))
    if not changes:
        return
    end = (last + dt.timedelta(days=3), 0)
    limits = [
        {
            "at": at(day),
            "to": at(until),
            "yuan": value / 100,
            "label": t("chart.cap", sum=figures().money(value)),
        }
        for (day, value), (until, _) in pairwise([*changes, end])
    ]
    base = chart_of(limits).encode(x=days, y="yuan:Q")
    yield base.mark_rule(color=INK, strokeWidth=1.4, strokeDash=[5, 3]).encode(x2="to:T")
    label = base.mark_text(align="left", baseline="bottom", dx=4, dy=-3, color=INK, fontWeight=600)
    yield label.encode(text="label:N")


def _changes(changes: Sequence[PolicyDay], days: alt.X) -> Iterator[Picture]:
    """Days on which the policy changed, with what changed; a line of text for each, so that none hides another."""
    for number, change in enumerate(changes):
        text = t("chart.policy_from", what=change.text, day=figures().day(change.day))
        base = chart_of([{"at": at(change.day), "label": text}]).encode(x=days)
        yield base.mark_rule(color=ATTENTION, strokeDash=[2, 2])
        label = base.mark_text(align="left", baseline="top", dx=4, color=ATTENTION, fontSize=12)
        yield label.encode(y=alt.value(20 + number * _TEXT_LINE), text="label:N")
