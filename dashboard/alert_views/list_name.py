"""The name that somebody gives a filtered list: a part of its address, and what a bookmark of it is called."""

from __future__ import annotations

import streamlit as st

from dashboard.wording import language, t

PARAMETER = "name"
_MOST_CHARACTERS = 40


def list_name() -> str:
    """The name in the address, which is the title of the browser's tab as well; empty where the list has none."""
    name = st.query_params.get(PARAMETER, "").strip()[:_MOST_CHARACTERS]
    if name:
        st.set_page_config(page_title=name)
    return name


def draw_list_name() -> None:
    """A field for the name; a change is written to the address."""
    current = list_name()
    typed = st.text_input(
        t("list_name"),
        current,
        key=f"list_name_{current}_{language()}",
        help=t("list_name.help"),
        max_chars=_MOST_CHARACTERS,
    ).strip()
    if typed == current:
        return
    st.query_params.pop(PARAMETER, None)
    if typed:
        st.query_params[PARAMETER] = typed
    st.rerun()
