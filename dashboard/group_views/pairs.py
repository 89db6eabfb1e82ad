"""The pairs of a group in numbers, next to the graph that draws them."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard.group_views.labels import Member
from dashboard.markup import element, section, table
from dashboard.wording import figures, label, t
from detection.store.queries.network import Edge, Network

_MOST_ROWS, _HEIGHT = 14, 470


def draw_pairs(network: Network, members: Mapping[str, Member], chosen: str) -> None:
    """Days together and what chance lets one expect, most first; of one member only where one is chosen."""
    pairs = [edge for edge in network.edges if not chosen or chosen in (edge.a, edge.b)]
    section(t("network.pairs"), t("network.pairs.note", n=figures().count(len(pairs))))
    columns = ("pair", "together", "expected", "recorded")
    rows = [_row(edge, members) for edge in pairs]
    with st.container(height=_HEIGHT if len(rows) > _MOST_ROWS else "content", border=False):
        table([t(f"network.column.{name}") for name in columns], rows, numeric=(1, 2))


def _row(edge: Edge, members: Mapping[str, Member]) -> list[str]:
    first, second = sorted((edge.a, edge.b), key=lambda person: members[person].number)
    pair = f"{members[first].number} – {members[second].number}"
    return [
        element("span", pair, "fw-nowrap", title=f"{first} – {second}"),
        figures().count(edge.days_together),
        figures().number(edge.expected),
        label("edge", edge.relation),
    ]
