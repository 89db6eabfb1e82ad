"""What a person types in a form outlives a reload of the page: it is kept in the store under their name.

A field is kept when it is left, and after a pause in typing (kept_typing.js). Nothing of it is in the address, and
nothing is stored in the browser.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Any, TypedDict

import streamlit as st

from dashboard.casework_views.acting import acting
from dashboard.session import now, workspace
from dashboard.wording import language
from detection.followup.casework.drafts import Fields, drafts_of, keep_draft
from detection.language.sentences import error_text
from detection.store.queries.reader import ReadError

_DRAFTS = "form_drafts"


class Kept(TypedDict):
    """What a widget is given so that its value is kept."""

    key: str
    on_change: Callable[..., None]
    args: tuple[Any, ...]


def form_key(form: str) -> str:
    """Key of a form's fields: the same until the form is emptied, or the language changes."""
    return f"{form}_{st.session_state.get(_times(form), 0)}_{language()}"


def field_key(form: str, field: str) -> str:
    """Key of a kept field; kept_typing.js knows such a field by its beginning."""
    return f"kept_{field}_{form_key(form)}"


def kept(
    form: str,
    field: str,
    *,
    options: Collection[object] = (),
    default: dt.date | str | None = None,
    days: bool = False,
) -> Kept:
    """Key and callback of a field, after what was typed in it before is restored.

    Args:
        form: name of the form, the same for every language.
        field: name of the field in it.
        options: of a choice; what is none of them is not restored.
        default: what the field begins with.
        days: whether it is a day.
    """
    key = field_key(form, field)
    if key not in st.session_state:
        text = _drafts().get(form, {}).get(field, "")
        value = _value(text, options, days=days) if text else None
        if value is None:
            value = default
        if value is not None:
            st.session_state[key] = value
    return Kept(key=key, on_change=_keep, args=(form, field, key))


def empty(form: str) -> None:
    """Empty a form whose act is done."""
    st.session_state[_times(form)] = st.session_state.get(_times(form), 0) + 1
    if form in _drafts():
        _save(form, {})


def act_and_empty(act: Callable[[], object], form: str) -> None:
    """Act, empty the form of the act, and show the page anew; a refusal is shown with all of its reasons.

    Args:
        act: calls the service.
        form: name of the form; empty where what was typed is not of this act.
    """
    try:
        act()
    except ReadError as error:
        st.error(error_text(error, language()))
        return
    if form:
        empty(form)
    st.rerun()


def _value(text: str, options: Collection[object], *, days: bool) -> object | None:
    if days:
        with suppress(ValueError):
            return dt.date.fromisoformat(text)
        return None
    if options:
        return next((option for option in options if str(option) == text), None)
    return text


def _keep(form: str, field: str, key: str) -> None:
    value = st.session_state.get(key)
    text = "" if value is None else value.isoformat() if isinstance(value, dt.date) else str(value)
    _save(form, {**_drafts().get(form, {}), field: text})


def _save(form: str, fields: Fields) -> None:
    _drafts()[form] = fields
    with suppress(ReadError):  # who cannot write a draft cannot act either, and is told so then
        keep_draft(workspace(), acting().name, form, fields, at=now())


def _drafts() -> dict[str, Fields]:
    """The reader's drafts, read once in a session of the page."""
    if _DRAFTS not in st.session_state:
        st.session_state[_DRAFTS] = {}
        with suppress(ReadError):
            st.session_state[_DRAFTS] = drafts_of(workspace(), acting().name)
    drafts: dict[str, Fields] = st.session_state[_DRAFTS]
    return drafts


def _times(form: str) -> str:
    return f"emptied_{form}"
