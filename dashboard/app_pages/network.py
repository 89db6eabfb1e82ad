"""Network: who appears together, and is that more than chance? One alert's group at a time."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.charts.network import group_graph
from dashboard.navigation import link
from dashboard.query_cache import query
from dashboard.theme import empty_state, heading, section, styled, table
from dashboard.wording import day, label, language, localized, number, t
from detection.store.queries import network as queries
from detection.store.queries.alerts import Row

_TINY = 1e-6


def main() -> None:
    """Draw the group that the address names, else the first one."""
    heading(t("nav.network"), t("network.question"))
    groups = query(queries.groups)
    if not groups:
        empty_state(t("network.none"), t("network.none.text"))
        return
    alert_id = _choose(groups)
    found = query(queries.network, alert_id)
    if found is None:
        empty_state(t("network.unknown"), t("network.unknown.text"))
        return
    st.html(_sentence(found, alert_id))
    left, right = st.columns([1.35, 1], gap="medium")
    with left:
        section(t("network.graph"), t("network.graph.note"))
        chosen = st.session_state.get(f"person_{alert_id}")
        event = st.echarts_chart(
            group_graph(found, chosen), height=560, key=f"graph_{alert_id}_{language()}", on_select="rerun"
        )
        clicked = _clicked(found, event.selection.selected)
        if clicked and clicked != chosen:
            st.session_state[f"person_{alert_id}"] = clicked
            st.rerun()
        if found.left_out:
            st.caption(t("network.left_out", n=found.left_out))
        _legend()
    with right:
        _days(found, alert_id)


def _choose(groups: list[Row]) -> str:
    ids = [one.alert_id for one in groups]
    asked = st.query_params.get("id", "")
    by_id = {one.alert_id: one for one in groups}
    if asked and asked not in by_id:
        return asked
    chosen = st.selectbox(
        t("network.choose"),
        ids,
        index=ids.index(asked) if asked in ids else 0,
        format_func=lambda one: (
            f"{localized(by_id[one], 'title')} · {by_id[one].place} · {by_id[one].first} … {by_id[one].last}"
        ),
        key=f"group_{asked}_{language()}",
        width=760,
    )
    if chosen != asked:
        st.query_params["id"] = chosen
    return str(chosen)


def _sentence(found: queries.Network, alert_id: str) -> str:
    text = t(
        "network.sentence",
        members=number(found.members),
        days=number(found.days),
        expected=number(round(found.expected, 2)),
        p=t("network.p.tiny") if found.p_value < _TINY else f"{found.p_value:.2g}",
        most=number(found.permuted_max),
    )
    return f'<div class="fw-seen">{escape(text)} {link(t("network.to_alert"), "alert", id=alert_id)}</div>'


def _clicked(found: queries.Network, selected: list[dict[str, object]]) -> str | None:
    """The person whose node was clicked."""
    for group in selected:
        indices = group.get("data_indices")
        if group.get("data_type") == "node" and isinstance(indices, list) and indices:
            place = int(indices[0])  # institutions come after the people
            return found.people[place] if place < len(found.people) else None
    return None


def _legend() -> None:
    names = ("none", "recorded_relatives", "same_employer")
    line = {
        "none": "solid #1f5fa8",
        "recorded_relatives": "dashed #8a97a6",
        "same_employer": "dotted #8a97a6",
    }
    mark = (
        '<span style="display:inline-block;width:2.2rem;border-top:3px {line};vertical-align:middle"></span> '
    )
    parts = (mark.format(line=line[one]) + styled(label("edge", one), "muted") for one in names)
    st.html(" &nbsp; ".join(parts))


def _days(found: queries.Network, alert_id: str) -> None:
    """The days beside the graph; a person chosen here or there is the same choice."""
    places = sorted({one.provider for one in found.presence})
    where = t("network.days.at", n=number(found.days), place=places[0]) if len(places) == 1 else ""
    section(t("network.days"), where or t("network.days.note", n=number(found.days)))
    key = f"person_{alert_id}"
    people = ["", *found.people]
    now = st.session_state.get(key) or ""
    person = st.selectbox(
        t("network.person.choose"),
        people,
        index=people.index(now) if now in people else 0,
        format_func=lambda one: one or t("network.everybody"),
        key=f"choose_{key}_{now}_{language()}",
    )
    if person != now:
        st.session_state[key] = person or None
        st.rerun()
    rows: dict[tuple[str, str], list[str]] = {}
    for one in found.presence:
        rows.setdefault((one.day, one.provider), []).append(one.person)
    shown = [
        [
            styled(day(when), "nowrap"),
            *([] if where else [escape(place)]),
            number(len(set(who))),
            _people(who, person),
        ]
        for (when, place), who in rows.items()
        if not person or person in who
    ]
    place_column = [] if where else [t("column.place")]
    columns = [t("chart.day"), *place_column, t("network.together"), t("network.people")]
    with st.container(height=470, border=False):
        table(columns, shown, numeric=(len(columns) - 2,))


def _people(who: list[str], chosen: str) -> str:
    return " ".join(
        f'<span class="fw-mono">{"<b>" if one == chosen else ""}{escape(one)}{"</b>" if one == chosen else ""}</span>'
        for one in dict.fromkeys(who)
    )


main()
