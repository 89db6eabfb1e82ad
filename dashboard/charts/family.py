"""One account's time line: credits, authorizations as bars, payments as dots, causes marked."""

from __future__ import annotations

import datetime as dt

import altair as alt

from dashboard.charts.drawing import Picture, chart_of
from dashboard.theme import ACCENT, FIT_WIDTH, GRID, INK, MUTED
from dashboard.wording import figures, label, t, time_text
from detection.store.queries.family import Family

_SHAPES = ("circle", "diamond", "triangle-up", "square", "cross", "triangle-down", "triangle-right")


_MONTHS = alt.Axis(format="%Y-%m", gridColor=GRID, tickCount=10, labelOverlap="greedy", labelSeparation=14)


def family_timeline(family: Family, causes: dict[str, str], *, columns: int = 4) -> Picture:
    """A lane for the credits and one for each relative; dark shapes are payments that an alert cites.

    Args:
        family: the account.
        causes: words for the causes.
        columns: of the legend.
    """
    lanes = [t("family.credits"), *(_lane(family, relative.beneficiary) for relative in family.relatives)]
    times = [*(payment.at for payment in family.payments), *(credit.at for credit in family.credits)]
    first, last = min(times, default=None), max(times, default=None)
    named = _causes(family, causes)
    legend = alt.Legend(orient="top", title=None, labelLimit=330, columns=columns, offset=4)
    time = alt.X("at:T", title=None, axis=_MONTHS)
    lane = alt.Y(
        "lane:N",
        title=None,
        sort=lanes,
        scale=alt.Scale(domain=lanes),
        axis=alt.Axis(labelLimit=220, labelFlush=False),
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
    dots = (
        chart_of(_dots(family, causes))
        .mark_point(filled=True, opacity=0.9)
        .encode(
            x=time,
            y=lane,
            size=alt.Size("yuan:Q", legend=None, scale=alt.Scale(range=[30, 190])),
            shape=alt.Shape(
                "cause:N", scale=alt.Scale(domain=named, range=list(_SHAPES[: len(named)])), legend=legend
            ),
            color=alt.Color(
                "cause:N",
                scale=alt.Scale(domain=named, range=[ACCENT] + [INK] * (len(named) - 1)),
                legend=legend,
            ),
            tooltip=_tips("when:N", "place:N", "money:N", "cause:N"),
        )
    )
    chart: Picture = alt.layer(bars, credit, dots).properties(height=30 * len(lanes), autosize=FIT_WIDTH)
    return chart


def _lane(family: Family, beneficiary: str) -> str:
    relative = next(relative for relative in family.relatives if relative.beneficiary == beneficiary)
    age = "" if relative.age is None else f" {relative.age}"
    return f"{beneficiary} · {label('relation', relative.relation)}{age}"


def _bars(family: Family, first: dt.datetime | None, last: dt.datetime | None) -> list[dict[str, object]]:
    """Authorizations, cut to the time that the payments and credits cover."""
    return [
        {
            "lane": _lane(family, grant.beneficiary),
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


def _dots(family: Family, causes: dict[str, str]) -> list[dict[str, object]]:
    return [
        {
            "lane": _lane(family, payment.beneficiary),
            "at": payment.at.isoformat(),
            "when": time_text(payment.at),
            "place": payment.place,
            "yuan": payment.amount / 100,
            "money": figures().money(payment.amount),
            "cause": causes.get(payment.cause, payment.cause) or t("family.uncited"),
        }
        for payment in family.payments
    ]


def _causes(family: Family, causes: dict[str, str]) -> list[str]:
    cited = sorted({causes.get(payment.cause, payment.cause) for payment in family.payments if payment.cause})
    return [t("family.uncited"), *cited]


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
