"""A group as a graph: members in a circle by number, the institution below it, edges as wide as the days together."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence

from dashboard.group_views.labels import Member
from dashboard.theme import ACCENT, INK, MUTED
from dashboard.wording import figures, label, t
from detection.store.queries.network import Edge, Network

_RADIUS = 240
_WIDEST = 7
_BELOW = 1.35  # radii
_ALL_LABELED, _SOME_LABELED = 21, 8
EDGE_STYLES: dict[str, dict[str, str]] = {
    "none": {"color": ACCENT, "type": "solid"},
    "recorded_relatives": {"color": MUTED, "type": "dashed"},
    "same_employer": {"color": MUTED, "type": "dotted"},
}


def labeled_edges(network: Network, chosen: str = "") -> Sequence[Edge]:
    """Pairs whose numbers stand at their lines: all where they are few, else those of the chosen member or the most.

    Args:
        network: the group.
        chosen: a member; empty for nobody.
    """
    if len(network.edges) <= _ALL_LABELED:
        return network.edges
    if chosen:
        return [edge for edge in network.edges if chosen in (edge.a, edge.b)]
    return network.edges[:_SOME_LABELED]


def group_graph(network: Network, members: Mapping[str, Member], chosen: str = "") -> dict[str, object]:
    """An ECharts option; the layout is computed here, so that it is the same every time.

    Args:
        network: the group.
        members: by pseudonym.
        chosen: a member to mark; empty for nobody.
    """
    labeled = set(labeled_edges(network, chosen))
    most = max((edge.days_together for edge in network.edges), default=1)
    at = _days_at(network)
    days = {
        person: sum(count for (visitor, _), count in at.items() if visitor == person)
        for person in network.people
    }
    places = sorted({place for _, place in at})
    people = [
        _person(person, members[person], len(network.people), days[person], marked=person == chosen)
        for person in network.people
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
                "left": 124,
                "right": 124,
                "top": 40,
                "preserveAspect": True,
                "bottom": 30,
                "data": people + [_place(name, index, len(places)) for index, name in enumerate(places)],
                "links": [_link(edge, most, labeled=edge in labeled) for edge in network.edges]
                + [
                    _visit(person, place, count)
                    for (person, place), count in at.items()
                    if person in network.people
                ],
            }
        ],
    }


def _days_at(network: Network) -> dict[tuple[str, str], int]:
    """Days of each person at each institution."""
    days: dict[tuple[str, str], set[dt.date]] = {}
    for presence in network.presence:
        days.setdefault((presence.person, presence.provider), set()).add(presence.day)
    return {pair: len(visited) for pair, visited in days.items()}


def _person(person: str, member: Member, people: int, days: int, *, marked: bool) -> dict[str, object]:
    angle = 2 * math.pi * (member.number - 1) / max(people, 1)
    x = round(_RADIUS * math.cos(angle), 2)
    return {
        "name": person,
        "x": x,
        "y": round(_RADIUS * math.sin(angle), 2),
        "symbolSize": 18 if marked else 12,
        "itemStyle": {"color": INK if marked else ACCENT},
        "label": {"position": "left" if x < 0 else "right", "formatter": f"{member.number} · {person}"},
        "tooltip": {"formatter": t("network.person", person=person, days=days)},
    }


def _place(name: str, index: int, places: int) -> dict[str, object]:
    """An institution: a square below the circle, where no edge between people passes."""
    return {
        "name": name,
        "x": round((index - (places - 1) / 2) * 2 * _RADIUS / max(places, 1), 2),
        "y": round(_BELOW * _RADIUS, 2),
        "symbol": "rect",
        "symbolSize": 14,
        "itemStyle": {"color": INK},
        "label": {"position": "bottom", "fontWeight": "bold"},
        "tooltip": {"formatter": name},
    }


def _link(edge: Edge, most: int, *, labeled: bool) -> dict[str, object]:
    style = EDGE_STYLES.get(edge.relation, EDGE_STYLES["none"])
    expected = figures().number(edge.expected)
    text = t("network.edge", a=edge.a, b=edge.b, seen=edge.days_together, expected=expected)
    return {
        "source": edge.a,
        "target": edge.b,
        "lineStyle": {
            **style,
            "width": 1 + _WIDEST * edge.days_together / most,
            "opacity": 0.45 if labeled else 0.15,
            "curveness": 0.12,
        },
        "label": {
            "show": labeled,
            "formatter": f"{edge.days_together} / {expected}",
            "fontSize": 11,
            "color": INK,
            "opacity": 1,
        },
        "tooltip": {"formatter": f"{text} · {label('edge', edge.relation)}"},
    }


def _visit(person: str, place: str, days: int) -> dict[str, object]:
    """A thin line from a person to an institution."""
    return {
        "source": person,
        "target": place,
        "lineStyle": {"color": "#c9d1da", "type": "solid", "width": 1, "opacity": 0.8},
        "label": {"show": False},
        "tooltip": {"formatter": t("network.at", person=person, place=place, days=days)},
    }
