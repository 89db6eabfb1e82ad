"""Filters of the queue of outside leads, kept in the URL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace

import streamlit as st

from dashboard.casework_views.words import word
from dashboard.wording import language, t
from detection.cases.life_cycle import life_cycle
from detection.leads.match import MATCHES
from detection.leads.senders import sender_text
from detection.store.queries.leads.queue import DUE, LeadFilters

_ENDED = "ended"
_TEXTS = ("sender", "state", "match", "due")


def filters_from_url() -> LeadFilters:
    """The filters that the address names."""
    given = st.query_params
    texts = {name: given.get(name, "") for name in _TEXTS}
    return LeadFilters(**texts, open=given.get(_ENDED, "") != "1")


def draw_filters(filters: LeadFilters, senders: Sequence[str]) -> None:
    """A row of controls; a change is written to the URL, and the script runs again."""
    states = tuple(life_cycle("lead").state)
    columns = st.columns((1.4, 1.2, 1.4, 1, 0.9), vertical_alignment="center")
    with columns[0]:
        sender = _choice("sender", filters.sender, senders, lambda each: sender_text(each, language()))
    with columns[1]:
        state = _choice("state", filters.state, states, lambda code: word("lead_state", code))
    with columns[2]:
        match = _choice("match", filters.match, MATCHES, lambda code: word("lead_match", code))
    with columns[3]:
        due = _choice("due", filters.due, DUE, lambda code: t(f"leads.due.{code}"))
    with columns[4]:
        ended = st.toggle(t("leads.ended"), value=not filters.open, key=f"ended_{filters.open}_{language()}")
    chosen = replace(filters, sender=sender, state=state, match=match, due=due, open=not ended)
    if chosen != filters:
        _go_to(chosen)


def _choice(name: str, current: str, options: Sequence[str], named: Callable[[str], str]) -> str:
    """One of several, or any."""
    known = [*options] if current in ("", *options) else [current, *options]
    chosen = st.selectbox(
        t(f"leads.filter.{name}"),
        known,
        index=known.index(current) if current else None,
        placeholder=t(f"leads.filter.{name}"),
        format_func=named,
        key=f"{name}_{current}_{language()}",
        label_visibility="collapsed",
    )
    return chosen or ""


def _go_to(filters: LeadFilters) -> None:
    """Show the first page of the queue under other filters."""
    st.query_params.pop("page", None)
    texts = {name: value for name, value in asdict(filters).items() if name in _TEXTS}
    for name, value in (texts | {_ENDED: "" if filters.open else "1"}).items():
        if value:
            st.query_params[name] = value
        else:
            st.query_params.pop(name, None)
    st.rerun()
