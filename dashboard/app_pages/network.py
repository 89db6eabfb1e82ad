"""Network: who appears together, and is that more than chance? One group at a time."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from markupsafe import Markup

from dashboard.charts.network import EDGE_STYLES, group_graph, labeled_edges
from dashboard.group_views.group_list import MOST_GROUPS, draw_groups
from dashboard.group_views.labels import Member, members_of
from dashboard.group_views.matrix import draw_matrix
from dashboard.group_views.pairs import draw_pairs
from dashboard.markup import element, empty_state, heading, join, render, section, statement, styled
from dashboard.navigation import link
from dashboard.query_cache import query
from dashboard.wording import figures, label, language, t
from detection.attendance import Visit, attendance
from detection.store.queries import network as queries

_TINY = 1e-6


def main() -> None:
    """Draw the group that the URL names, else the first."""
    heading(t("nav.network"), t("network.question"))
    groups = query(queries.groups, most=MOST_GROUPS)
    alert_id = st.query_params.get("id", "") or (groups[0].row.alert_id if groups else "")
    if not alert_id:
        empty_state(t("network.none"), t("network.none.text"))
        return
    choice, shown = st.columns([1, 4.6], gap="small")
    with choice:
        draw_groups(groups, query(queries.count_groups), alert_id)
    with shown:
        network = query(queries.network, alert_id)
        if network is None:
            empty_state(t("network.unknown"), t("network.unknown.text"))
            return
        statement(
            join(
                [_sentence(network), link(t("network.to_alert"), "alert", css="fw-nowrap", id=alert_id)], " "
            )
        )
        _draw(network, alert_id)


def _sentence(network: queries.Network) -> str:
    return t(
        "network.sentence",
        members=figures().count(network.members),
        days=figures().count(network.days),
        expected=figures().number(network.expected),
        p=t("network.p.tiny") if network.p_value <= _TINY else f"{network.p_value:.2g}",
    )


def _draw(network: queries.Network, alert_id: str) -> None:
    """The matrix, then the graph with its pairs; a member chosen above or in the graph is marked in all."""
    members = members_of(network)
    title, choice = st.columns([2.2, 1], vertical_alignment="bottom")
    with title:
        section(t("network.matrix"), t("network.matrix.note"))
    with choice:
        chosen = _choose_member(network, members, alert_id)
    _matrix(network, members, chosen)
    if network.left_out:
        st.caption(t("network.left_out", n=network.left_out))
    if not network.edges:
        st.caption(t("network.pairs.none"))
        return
    left, right = st.columns([1.8, 1], gap="medium")
    with left:
        _graph(network, members, alert_id, chosen)
    with right:
        draw_pairs(network, members, chosen)


def _matrix(network: queries.Network, members: Mapping[str, Member], chosen: str) -> None:
    if not network.presence:
        st.caption(t("network.matrix.none"))
        return
    visits = (
        Visit(
            each.day,
            each.person,
            each.institution,
            each.at.at.hour * 60 + each.at.at.minute if each.at and each.at.to_the_minute else None,
        )
        for each in network.presence
    )
    names = {each.institution: each.provider for each in network.presence}
    draw_matrix(attendance(visits), members, names, chosen)


def _choose_member(network: queries.Network, members: Mapping[str, Member], alert_id: str) -> str:
    """The selected member; empty for nobody."""
    key = f"person_{alert_id}"
    people = ["", *network.people]
    current = st.session_state.get(key) or ""
    person = st.selectbox(
        t("network.person.choose"),
        people,
        index=people.index(current) if current in people else 0,
        format_func=lambda each: f"{members[each].number} · {each}" if each else t("network.everybody"),
        key=f"choose_{key}_{current}_{language()}",
        label_visibility="collapsed",
    )
    if person != current:
        st.session_state[key] = person or None
        st.rerun()
    return str(person)


def _graph(network: queries.Network, members: Mapping[str, Member], alert_id: str, chosen: str) -> None:
    shown = len(labeled_edges(network, chosen))
    part = "" if shown == len(network.edges) else t("network.graph.part", n=shown)
    section(t("network.graph"), part or t("network.graph.note"))
    event = st.echarts_chart(
        group_graph(network, members, chosen),
        height=470,
        key=f"graph_{alert_id}_{language()}",
        on_select="rerun",
    )
    clicked = _clicked(network, event.selection.selected)
    if clicked and clicked != chosen:
        st.session_state[f"person_{alert_id}"] = clicked
        st.rerun()
    _legend()


def _clicked(network: queries.Network, selected: list[dict[str, object]]) -> str | None:
    """The person whose node was clicked."""
    for selection in selected:
        indices = selection.get("data_indices")
        if selection.get("data_type") == "node" and isinstance(indices, list) and indices:
            index = int(indices[0])  # institutions come after the people
            return network.people[index] if index < len(network.people) else None
    return None


def _legend() -> None:
    """Which line stands for which relation."""
    render(join((_legend_entry(relation) for relation in EDGE_STYLES), Markup(" &nbsp; ")))


def _legend_entry(relation: str) -> Markup:
    style = EDGE_STYLES[relation]
    mark = element(
        "span",
        "",
        style="display:inline-block;width:2.2rem;vertical-align:middle;"
        f"border-top:3px {style['type']} {style['color']}",
    )
    return join([mark, styled(label("edge", relation), "muted")], " ")


main()
