"""What a person types stays until their act is done, whatever others do meanwhile."""

from __future__ import annotations

import streamlit as st

from dashboard.casework_views.kept import empty, field_key
from detection.store.queries.casework.cases import CasePage

MOVE = "move"
"""The field of a case's form in which a move is chosen."""


def moves_form(case_id: str) -> str:
    """The form of a case's moves."""
    return f"move_{case_id}"


def seen_event(page: CasePage) -> int:
    """The last event of a case that its reader saw when they began to type."""
    case, key = page.case, _seen(page)
    if key not in st.session_state or field_key(moves_form(case.case_id), MOVE) not in st.session_state:
        st.session_state[key] = case.last_event
    seen: int = st.session_state[key]
    return seen


def saw(page: CasePage) -> None:
    """After a refusal: what the page shows now has been seen."""
    st.session_state[_seen(page)] = page.case.last_event


def acted(page: CasePage, form: str) -> None:
    """After an act: its form is empty, and the next page is seen anew."""
    empty(form)
    st.session_state.pop(_seen(page), None)


def _seen(page: CasePage) -> str:
    return f"seen_{page.case.case_id}"
