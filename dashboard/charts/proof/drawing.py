"""What a picture is made of: rows of evidence with their stored values, and what comes out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import altair as alt

from dashboard.charts.drawing import Picture, chart_of
from dashboard.theme import ACCENT, FIT_WIDTH, GRID
from dashboard.wording import figures, language, t, time_text
from detection.proof.columns import evidence_columns
from detection.proof.wording import value_text
from detection.store.queries.evidence import EvidenceRow, RecordRow

Row = EvidenceRow | RecordRow
Hints = Mapping[str, str]
_DOTS = [40, 240]
_LANE = 30


@dataclass(frozen=True)
class Pair:
    """Two rows side by side: a name, what is on the left, and what is on the right, by line."""

    lines: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Drawing:
    """A picture and the message that says what to look at.

    Attributes:
        caption: end of the message ``picture.caption.…``.
        charts: Altair charts, one under the other; or
        flow: an ECharts option; or
        pairs: rows side by side.
    """

    caption: str
    charts: tuple[Picture, ...] = ()
    flow: dict[str, object] | None = None
    pairs: tuple[Pair, ...] = field(default=())


Draw = Callable[[Sequence[Row]], Drawing | None]
"""A picture of some rows; None where they lack the values that it shows."""


def text(row: Row, column: str) -> str:
    """A stored value as a person reads it; empty where it is not known."""
    return value_text(evidence_columns()[column], row.proof.get(column), language())


def integer(row: Row, column: str) -> int | None:
    """A stored amount in fen, or a count; None where it is not known."""
    value = row.proof.get(column)
    return value if isinstance(value, int) else None


def day(row: Row, column: str) -> dt.date | None:
    """A stored day, or the day of a stored time; None where it is not known."""
    value = row.proof.get(column)
    return dt.date.fromisoformat(value[:10]) if isinstance(value, str) else None


def days(row: Row, column: str) -> list[dt.date]:
    """Stored days; none where they are not known."""
    value = row.proof.get(column)
    return [dt.date.fromisoformat(str(each)) for each in value] if isinstance(value, list) else []


def own_day(row: Row) -> dt.date:
    """The day of a row: settled, or of the record."""
    return row.settled_at.day if isinstance(row, EvidenceRow) else row.day


def own_time(row: Row) -> str:
    """The time of a row as a person reads it."""
    return time_text(row.settled_at) if isinstance(row, EvidenceRow) else figures().day(row.day)


def place(row: Row) -> str:
    """The institution of a settlement; empty for a record."""
    return row.provider if isinstance(row, EvidenceRow) else ""


def money(row: Row) -> int:
    """Fen at issue of a row."""
    return row.pool + row.account


def at(day: dt.date, days: int = 0) -> str:
    """A day as charts read it: midnight where the reader is."""
    return f"{(day + dt.timedelta(days=days)).isoformat()}T00:00:00"


def lanes(rows: Iterable[Row], most: int) -> list[str]:
    """The institutions of some rows, or the people where those are more; those with most rows first."""
    rows = list(rows)
    people, places = Counter(row.person for row in rows), Counter(place(row) for row in rows)
    chosen = people if len(people) > len(places) else places
    return sorted(chosen, key=lambda name: (-chosen[name], name))[:most]


def lane_of(row: Row, among: Sequence[str]) -> str:
    """The lane of a row; empty where it is in none that is shown."""
    return next((name for name in (place(row), row.person) if name in among), "")


def days_axis(title: str | None = None) -> alt.Axis:
    """Days along: few labels, never turned, never cut at the edge."""
    return alt.Axis(
        format="%Y-%m-%d",
        labelAngle=0,
        tickCount=6,
        gridColor=GRID,
        title=title,
        labelOverlap=True,
        labelBound=True,
    )


def lane_axis(width: int = 190) -> alt.Axis:
    """Names of lanes, up to so many pixels."""
    return alt.Axis(labelLimit=width, labelFlush=False, title=None, grid=True, gridColor=GRID)


def dots(values: Sequence[Mapping[str, object]], names: Sequence[str], x: alt.X, hints: Hints) -> Picture:
    """Dots in lanes, each as large as its amount.

    Args:
        values: of each dot its ``lane``, its ``yuan``, what ``x`` shows, and what the hints name.
        names: of the lanes, from the top.
        x: what is along.
        hints: what is shown on hover.
    """
    chart: Picture = (
        chart_of(values)
        .mark_circle(color=ACCENT, opacity=0.7)
        .encode(
            x=x,
            y=alt.Y("lane:N", sort=list(names), axis=lane_axis(330)),
            size=alt.Size("yuan:Q", legend=None, scale=alt.Scale(range=_DOTS)),
            tooltip=hinted(hints),
        )
        .properties(height=_LANE * len(names), autosize=FIT_WIDTH)
    )
    return chart


def hinted(hints: Hints) -> list[alt.Tooltip]:
    """What is shown on hover: messages by the value that each of them heads."""
    return [alt.Tooltip(f"{name}:N", title=t(message)) for name, message in hints.items()]
