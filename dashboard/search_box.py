"""The search box, which stands on every page: from a name or a number to a page."""

from __future__ import annotations

import streamlit as st

from dashboard.navigation import open_page
from dashboard.query_cache import query
from dashboard.subjects import PAGES
from dashboard.wording import language, t
from detection.store.queries.subjects.search import Hit, search

_TYPED = "search_typed"
_MISSED = "search_without_hits"


def draw_search_box() -> None:
    """The box; what was typed opens the page that it means, else the list of hits.

    The address shows a pseudonym where an id of the source was typed, and nothing that leads nowhere.
    """
    key = f"search_box_{language()}"

    def submit() -> None:
        st.session_state[_TYPED] = st.session_state[key]
        st.session_state[key] = ""

    with st.sidebar, st.container(key="search"):
        st.text_input(
            t("search.label"),
            key=key,
            placeholder=t("search.placeholder"),
            icon=":material/search:",
            label_visibility="collapsed",
            on_change=submit,
        )
    typed = str(st.session_state.pop(_TYPED, "")).strip()
    if typed:
        _go(typed)


def _go(typed: str) -> None:
    hits = query(search, typed)
    any_hit = bool(hits.hits or hits.settlements)
    st.session_state[_MISSED] = "" if any_hit else hits.text
    if hits.destination is not None:
        open_hit(hits.destination)
    elif any_hit:
        open_page("search", q=hits.text)
    else:  # it may be an identity number, which an address would keep in histories and logs
        open_page("search")


def searched_text() -> str:
    """What the address names, else what was last typed and leads nowhere."""
    missed: str = st.session_state.get(_MISSED, "")
    return st.query_params.get("q", "").strip() or missed


def open_hit(hit: Hit) -> None:
    """Open the page of a hit at once."""
    if hit.kind in PAGES:
        open_page(PAGES[hit.kind], id=hit.pseudonym)
    elif hit.kind == "alert":
        open_page("alert", id=hit.pseudonym)
    else:
        open_page("alerts", subject=hit.pseudonym, list="all", status="any")
