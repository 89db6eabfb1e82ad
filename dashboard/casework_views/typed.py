"""What a person types stays until their act is done, whatever others do meanwhile."""

from __future__ import annotations

import streamlit as st

from dashboard.wording import language
from detection.store.queries.casework.cases import CasePage


def form_key(form: str) -> str:
    """Key of a form's fields: the same until the form is emptied, or the language changes."""
    return f"{form}_{st.session_state.get(_times(form), 0)}_{language()}"


def empty(form: str) -> None:
    """Empty a form whose act is done."""
    st.session_state[_times(form)] = st.session_state.get(_times(form), 0) + 1


def moves_form(case_id: str) -> str:
    """The form of a case's moves."""
    return f"move_{case_id}"


def seen_event(page: CasePage) -> int:
    """The last event of a case that its reader saw when they began to type."""
    case, key = page.case, _seen(page)
    if key not in st.session_state or form_key(moves_form(case.case_id)) not in st.session_state:
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


def _times(form: str) -> str:
    return f"emptied_{form}"


def _seen(page: CasePage) -> str:
    return f"seen_{page.case.case_id}"
