"""A group as a graph: people in a circle, the institution below it, edges as wide as the days together."""

from __future__ import annotations

import math
from typing import Any

from dashboard.theme import ACCENT, INK, MUTED
from dashboard.wording import label, number, t
from detection.store.queries.network import Edge, Network

_RADIUS = 240
_WIDEST = 7
_BELOW = 1.35  # radii
_LABELLED = 21
_STYLES = {
    "none": {"color": ACCENT, "type": "solid"},
    "recorded_relatives": {"color": MUTED, "type": "dashed"},
    "same_employer": {"color": MUTED, "type": "dotted"},
}


def group_graph(found: Network, chosen: str | None = None) -> dict[str, Any]:
    """An ECharts option; the layout is computed here, so that it is the same every time.

    Args:
        found: the group.
        chosen: a person to mark.
    """
    labelled = len(found.edges) <= _LABELLED
    most = max((one.days_together for one in found.edges), default=1)
    at = _days_at(found)
    days = {person: sum(many for (who, _), many in at.items() if who == person) for person in found.people}
    places = sorted({place for _, place in at})
    people = [
        _person(person, place, len(found.people), days[person], marked=person == chosen)
        for place, person in enumerate(found.people)
    ]
    return {
        "tooltip": {"trigger": "item", "renderMode": "richText"},  # names are text, never HTML
        "animation": False,
        "series": [
            {
                "type": "graph",
                "layout": "none",
                "roam": True,
                "selectedMode": "single",
                "emphasis": {"focus": "adjacency"},
                "label": {
                    "show": True,
                    "fontSize": 12,
                    "color": INK,
                    "textBorderColor": "#fff",
                    "textBorderWidth": 3,
                },
                "left": 110,
                "right": 110,
                "top": 44,
                "preserveAspect": True,
                "bottom": 30,
                "data": people + [_place(name, place, len(places)) for place, name in enumerate(places)],
                "links": [_link(one, most, labelled=labelled) for one in found.edges]
                + [_visit(who, place, many) for (who, place), many in at.items() if who in found.people],
            }
        ],
    }


def _days_at(found: Network) -> dict[tuple[str, str], int]:
    """Days of each person at each institution."""
    days: dict[tuple[str, str], set[str]] = {}
    for one in found.presence:
        days.setdefault((one.person, one.provider), set()).add(one.day)
    return {pair: len(which) for pair, which in days.items()}


def _person(person: str, place: int, people: int, days: int, *, marked: bool) -> dict[str, Any]:
    angle = 2 * math.pi * place / max(people, 1)
    x = round(_RADIUS * math.cos(angle), 2)
    return {
        "name": person,
        "x": x,
        "y": round(_RADIUS * math.sin(angle), 2),
        "symbolSize": 18 if marked else 12,
        "itemStyle": {"color": INK if marked else ACCENT},
        "label": {"position": "left" if x < 0 else "right"},
        "tooltip": {"formatter": t("network.person", person=person, days=days)},
    }


def _place(name: str, place: int, places: int) -> dict[str, Any]:
    """An institution: a square below the circle, where no edge between people passes."""
    return {
        "name": name,
        "x": round((place - (places - 1) / 2) * 2 * _RADIUS / max(places, 1), 2),
        "y": round(_BELOW * _RADIUS, 2),
        "symbol": "rect",
        "symbolSize": 14,
        "itemStyle": {"color": INK},
        "label": {"position": "bottom", "fontWeight": "bold"},
        "tooltip": {"formatter": name},
    }


def _link(one: Edge, most: int, *, labelled: bool) -> dict[str, Any]:
    style = _STYLES.get(one.relation, _STYLES["none"])
    expected = number(round(one.expected, 2))
    said = t("network.edge", a=one.a, b=one.b, seen=one.days_together, expected=expected)
    return {
        "source": one.a,
        "target": one.b,
        "lineStyle": {
            **style,
            "width": 1 + _WIDEST * one.days_together / most,
            "opacity": 0.45,
            "curveness": 0.12,
        },
        "label": {
            "show": labelled,
            "formatter": f"{one.days_together} / {expected}",
            "fontSize": 11,
            "color": INK,
            "opacity": 1,
        },
        "tooltip": {"formatter": f"{said} · {label('edge', one.relation)}"},
    }


def _visit(person: str, place: str, days: int) -> dict[str, Any]:
    """A thin line from a person to an institution."""
    return {
        "source": person,
        "target": place,
        "lineStyle": {"color": "#c9d1da", "type": "solid", "width": 1, "opacity": 0.8},
        "label": {"show": False},
        "tooltip": {"formatter": t("network.at", person=person, place=place, days=days)},
    }
