"""A group as a graph: people in a circle, edges as wide as the days they were together."""

from __future__ import annotations

import math
from typing import Any

from dashboard.look import ACCENT, MUTED
from dashboard.wording import label, number, t
from detection.store.read.network import Edge, Network

_RADIUS = 240
_WIDEST = 9
_LABELLED = 24
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
    most = max((one.days_together for one in found.edges), default=1)
    days = {person: len({p.day for p in found.presence if p.person == person}) for person in found.people}
    return {
        "tooltip": {"trigger": "item"},
        "animation": False,
        "series": [
            {
                "type": "graph",
                "layout": "none",
                "roam": True,
                "selectedMode": "single",
                "edgeLabel": {"show": len(found.edges) <= _LABELLED, "formatter": "{c}", "fontSize": 11},
                "emphasis": {"focus": "adjacency"},
                "label": {"show": True, "position": "right", "fontSize": 12},
                "left": 90,
                "right": 130,
                "top": 30,
                "bottom": 30,
                "data": [
                    _node(person, place, len(found.people), days[person], person == chosen)
                    for place, person in enumerate(found.people)
                ],
                "links": [_link(one, most, len(found.edges) <= _LABELLED) for one in found.edges],
            }
        ],
    }


def _node(person: str, place: int, people: int, days: int, chosen: bool) -> dict[str, Any]:
    angle = 2 * math.pi * place / max(people, 1)
    return {
        "name": person,
        "x": round(_RADIUS * math.cos(angle), 2),
        "y": round(_RADIUS * math.sin(angle), 2),
        "symbolSize": 16 if chosen else 11,
        "itemStyle": {"color": "#1d2733" if chosen else ACCENT},
        "tooltip": {"formatter": t("network.person", person=person, days=days)},
    }


def _link(one: Edge, most: int, labelled: bool) -> dict[str, Any]:
    style = _STYLES.get(one.relation, _STYLES["none"])
    said = f"{one.days_together} / {number(round(one.expected, 2))}"
    return {
        "source": one.a,
        "target": one.b,
        "lineStyle": {**style, "width": 1 + _WIDEST * one.days_together / most, "opacity": 0.45},
        "label": {"show": labelled, "formatter": said},
        "tooltip": {
            "formatter": t(
                "network.edge",
                a=one.a,
                b=one.b,
                seen=one.days_together,
                expected=number(round(one.expected, 2)),
            )
            + " · "
            + label("edge", one.relation)
        },
    }
