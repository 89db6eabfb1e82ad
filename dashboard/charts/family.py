"""One account's time line: credits, authorizations as bars, payments as dots, causes marked."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import TypedDict

import altair as alt

from dashboard.charts.drawing import Picture, chart_of
from dashboard.family_views.relations import MARK, relation_text
from dashboard.theme import ATTENTION, FIT_WIDTH, GRID, INK, MUTED
from dashboard.wording import figures, t, time_text
from detection.store.queries.family import Family, Payment

_SHAPES = ["circle", "diamond", "triangle-up", "square", "cross", "triangle-down", "triangle-right"]
_COLORS = ["#8fb2da", INK, ATTENTION, INK, ATTENTION, INK, ATTENTION]
"""Of payments that no alert cites, then of causes."""
_LANE, _NARROW_LANE, _MANY_LANES = 30, 22, 12
_LANE_COLOR = alt.condition(f"indexof(datum.label, '{MARK}') === 0", alt.value(ATTENTION), alt.value(INK))
_MONTHS = alt.Axis(
    format="%Y-%m", gridColor=GRID, tickCount=10, labelBound=True, labelOverlap="greedy", labelSeparation=14
)


Words = Mapping[tuple[str, str], str]
"""What an alert says of a payment, by alert and cause."""


def family_timeline(family: Family, words: Words, *, alert_id: str = "", columns: int = 4) -> Picture:
    """A lane for the credits and one for each relative; dark shapes are payments that an alert cites.

    Args:
        family: the account.
        words: for the causes.
        alert_id: whose payments are marked; those of any open alert where it is empty.
        columns: of the legend.
    """
    lanes = [t("family.credits"), *(_lane(family, relative.beneficiary) for relative in family.relatives)]
    times = [*(payment.at for payment in family.payments), *(credit.at for credit in family.credits)]
    first, last = min(times, default=None), max(times, default=None)
    dots = _dots(family, words, alert_id)
    marks = _marks(dots)
    legend = alt.Legend(orient="top", title=None, labelLimit=330, columns=columns, offset=4)
    time = alt.X("at:T", title=None, axis=_MONTHS)
    lane = alt.Y(
        "lane:N",
        title=None,
        sort=lanes,
        scale=alt.Scale(domain=lanes),
        axis=alt.Axis(labelLimit=260, labelFlush=False, labelColor=_LANE_COLOR),
    )
    bars = (
        chart_of(_bars(family, first, last))
        .mark_bar(height=15, color="#d7e4f3", cornerRadius=2, clip=True)
        .encode(x=time, x2="end:T", y=lane, tooltip=_tips("from:N", "to:N"))
    )
    credit = (
        chart_of(_credits(family))
        .mark_tick(thickness=2, size=13, color=MUTED)
        .encode(x=time, y=lane, tooltip=_tips("when:N", "money:N"))
    )
    payments = (
        chart_of(dots)
        .mark_point(filled=True, opacity=0.9)
        .encode(
            x=time,
            y=lane,
            size=alt.Size("yuan:Q", legend=None, scale=alt.Scale(range=[30, 190])),
            shape=alt.Shape(
                "mark:N",
                scale=alt.Scale(domain=marks, range=_range(_SHAPES, dots)[: len(marks)]),
                legend=legend,
            ),
            color=alt.Color(
                "mark:N",
                scale=alt.Scale(domain=marks, range=_range(_COLORS, dots)[: len(marks)]),
                legend=legend,
            ),
            tooltip=_tips("when:N", "place:N", "money:N", "cause:N"),
        )
    )
    chart: Picture = alt.layer(bars, credit, payments).properties(
        height=(_LANE if len(lanes) <= _MANY_LANES else _NARROW_LANE) * len(lanes), autosize=FIT_WIDTH
    )
    return chart


def _lane(family: Family, beneficiary: str) -> str:
    """Who, what to the owner and how old; with a mark where something is to be checked."""
    relative = next(relative for relative in family.relatives if relative.beneficiary == beneficiary)
    age = "" if relative.age is None else " " + t("family.age", age=relative.age)
    mark = f"{MARK} " if any(beneficiary in conflict.people for conflict in family.conflicts) else ""
    return f"{mark}{beneficiary} · {relation_text(relative)}{age}"


def _bars(family: Family, first: dt.datetime | None, last: dt.datetime | None) -> list[dict[str, object]]:
    """Authorizations, cut to the time that the payments and credits cover."""
    return [
        {
            "lane": _lane(family, grant.person),
            "at": (max(grant.start, first) if first else grant.start).isoformat(),
            "end": (min(grant.end or last, last) if last else grant.end or grant.start).isoformat(),
            "from": time_text(grant.start),
            "to": time_text(grant.end) if grant.end else t("family.open"),
        }
        for grant in family.authorizations
        if (not last or grant.start <= last) and (not first or not grant.end or grant.end >= first)
    ]


def _credits(family: Family) -> list[dict[str, object]]:
    return [
        {
            "lane": t("family.credits"),
            "at": credit.at.isoformat(),
            "when": time_text(credit.at),
            "money": figures().money(credit.amount),
        }
        for credit in family.credits
    ]


class Dot(TypedDict):
    """A payment; ``mark`` is its class in the legend, with the number of payments."""

    lane: str
    at: str
    when: str
    place: str
    yuan: float
    money: str
    cause: str
    cited: bool
    mark: str


def _dots(family: Family, words: Words, alert_id: str) -> list[Dot]:
    causes = [_cause(payment, words, alert_id) for payment in family.payments]
    many = Counter(causes)
    return [
        {
            "lane": _lane(family, payment.beneficiary),
            "at": payment.at.isoformat(),
            "when": time_text(payment.at),
            "place": payment.place,
            "yuan": payment.amount / 100,
            "money": figures().money(payment.amount),
            "cause": cause or t("family.uncited"),
            "cited": bool(cause),
            "mark": t("family.mark", what=cause or t("family.uncited"), n=figures().count(many[cause])),
        }
        for payment, cause in zip(family.payments, causes, strict=True)
    ]


def _cause(payment: Payment, words: Words, alert_id: str) -> str:
    """Why an alert cites a payment; empty where none does."""
    citation = payment.citation(alert_id)
    if citation is None:
        return ""
    own = words.get((citation.alert_id, citation.cause))
    return own or words.get((citation.alert_id, "")) or citation.cause or t("family.cited.mark")


def _marks(dots: list[Dot]) -> list[str]:
    """The classes of the legend: payments that no alert cites come first."""
    uncited = {dot["mark"] for dot in dots if not dot["cited"]}
    return [*uncited, *sorted({dot["mark"] for dot in dots} - uncited)]


def _range(values: list[str], dots: list[Dot]) -> list[str]:
    """Shapes or colors of the classes; the first is for payments that no alert cites."""
    return values if any(not dot["cited"] for dot in dots) else values[1:]


def _tips(*fields: str) -> list[alt.Tooltip]:
    names = {
        "from": "from",
        "to": "to",
        "when": "settled_at",
        "place": "place",
        "money": "amount",
        "cause": "cause",
    }
    return [
        alt.Tooltip(field, title=t(f"value.{names[name]}") if name == "from" else t(f"column.{names[name]}"))
        for field in fields
        for name in [field.split(":")[0]]
    ]
