"""Network: who appears together, and is that more than chance? One alert's group at a time."""

from __future__ import annotations

import datetime as dt

import streamlit as st
from markupsafe import Markup

from dashboard.charts.network import EDGE_STYLES, group_graph
from dashboard.markup import (
    bold,
    element,
    empty_state,
    heading,
    join,
    render,
    section,
    statement,
    styled,
    table,
)
from dashboard.navigation import link
from dashboard.query_cache import query
from dashboard.subjects import subject_link
from dashboard.wording import figures, label, language, localized, t
from detection.store.queries import network as queries
from detection.store.queries.alerts import Row

_TINY = 1e-6


def main() -> None:
    """Draw the group that the URL names, else the first."""
    heading(t("nav.network"), t("network.question"))
    groups = query(queries.groups)
    if not groups:
        empty_state(t("network.none"), t("network.none.text"))
        return
    alert_id = _choose(groups)
    network = query(queries.network, alert_id)
    if network is None:
        empty_state(t("network.unknown"), t("network.unknown.text"))
        return
    statement(join([_sentence(network), link(t("network.to_alert"), "alert", id=alert_id)], " "))
    left, right = st.columns([1.35, 1], gap="medium")
    with left:
        _graph(network, alert_id)
    with right:
        _days(network, alert_id)


def _choose(groups: list[Row]) -> str:
    rows = {row.alert_id: row for row in groups}
    ids = list(rows)
    requested = st.query_params.get("id", "")
    if requested and requested not in rows:
        return requested
    chosen = st.selectbox(
        t("network.choose"),
        ids,
        index=ids.index(requested) if requested in ids else 0,
        format_func=lambda alert_id: _group_title(rows[alert_id]),
        key=f"group_{requested}_{language()}",
        width=760,
    )
    if chosen != requested:
        st.query_params["id"] = chosen
    return str(chosen)


def _group_title(row: Row) -> str:
    return f"{localized(row.title)} · {row.place} · {row.first} … {row.last}"


def _sentence(network: queries.Network) -> str:
    return t(
        "network.sentence",
        members=figures().count(network.members),
        days=figures().count(network.days),
        expected=figures().number(network.expected),
        p=t("network.p.tiny") if network.p_value < _TINY else f"{network.p_value:.2g}",
    )


def _graph(network: queries.Network, alert_id: str) -> None:
    section(t("network.graph"), t("network.graph.note"))
    chosen = st.session_state.get(f"person_{alert_id}")
    event = st.echarts_chart(
        group_graph(network, chosen), height=560, key=f"graph_{alert_id}_{language()}", on_select="rerun"
    )
    clicked = _clicked(network, event.selection.selected)
    if clicked and clicked != chosen:
        st.session_state[f"person_{alert_id}"] = clicked
        st.rerun()
    if network.left_out:
        st.caption(t("network.left_out", n=network.left_out))
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
    separator = Markup(" &nbsp; ")
    render(join((_legend_entry(relation) for relation in EDGE_STYLES), separator))


def _legend_entry(relation: str) -> Markup:
    style = EDGE_STYLES[relation]
    mark = element(
        "span",
        "",
        style="display:inline-block;width:2.2rem;vertical-align:middle;"
        f"border-top:3px {style['type']} {style['color']}",
    )
    return join([mark, styled(label("edge", relation), "muted")], " ")


def _days(network: queries.Network, alert_id: str) -> None:
    """The days next to the graph; both select the same person."""
    pseudonyms = {presence.provider: presence.institution for presence in network.presence}
    institutions = sorted(pseudonyms)
    single = institutions[0] if len(institutions) == 1 else ""
    days = figures().count(network.days)
    note = t("network.days.at", n=days, place=single) if single else t("network.days.note", n=days)
    section(t("network.days"), note)
    person = _choose_person(network, alert_id)
    shown = [
        [
            styled(figures().day(day), "nowrap"),
            *([] if single else [subject_link("provider", pseudonyms[institution], institution)]),
            figures().count(len(set(people))),
            _people(people, person),
        ]
        for (day, institution), people in _people_by_day(network).items()
        if not person or person in people
    ]
    institution_column = [] if single else [t("column.place")]
    columns = [t("chart.day"), *institution_column, t("network.together"), t("network.people")]
    with st.container(height=470, border=False):
        table(columns, shown, numeric=(len(columns) - 2,))


def _choose_person(network: queries.Network, alert_id: str) -> str:
    """The selected person; empty for everybody."""
    key = f"person_{alert_id}"
    people = ["", *network.people]
    current = st.session_state.get(key) or ""
    person = st.selectbox(
        t("network.person.choose"),
        people,
        index=people.index(current) if current in people else 0,
        format_func=lambda choice: choice or t("network.everybody"),
        key=f"choose_{key}_{current}_{language()}",
    )
    if person != current:
        st.session_state[key] = person or None
        st.rerun()
    return str(person)


def _people_by_day(network: queries.Network) -> dict[tuple[dt.date, str], list[str]]:
    """People who were present, by day and institution."""
    people: dict[tuple[dt.date, str], list[str]] = {}
    for presence in network.presence:
        people.setdefault((presence.day, presence.provider), []).append(presence.person)
    return people


def _people(people: list[str], chosen: str) -> Markup:
    return join(
        (
            bold(shown) if person == chosen else shown
            for person in dict.fromkeys(people)
            for shown in [subject_link("person", person)]
        ),
        " ",
    )


main()
