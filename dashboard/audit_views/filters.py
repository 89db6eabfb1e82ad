"""Filters of the audit log, kept in the address, so that a link shows everybody the same entries."""

from __future__ import annotations

import datetime as dt
import re

import streamlit as st

from dashboard.audit_views.numbers import case_kind
from dashboard.audit_views.words import action_text
from dashboard.query_cache import query_now
from dashboard.wording import DAY_FORMAT, label, language, t
from detection.store.queries.audit.pages import LogFilters, actions, actors

OBJECT_KINDS = (
    "alert",
    "identity",
    "list",
    "run",
    "report",
    "period",
    "packet",
    "suppression",
    "random_audit",
    "task",
    "file",
    "request",
    "user",
    "workspace",
)
_CASEWORK = {"lead": "case:L-", "case": "case:C-"}
"""Leads and cases share a kind in the log; their numbers tell them apart."""
_ALERT = re.compile(r"A-[0-9a-f]+")
_PSEUDONYM = re.compile(r"[A-Z]-[A-Z2-7]{13}")
_PARAMETERS = {"first": "from", "last": "to", "actor": "actor", "action": "action", "object": "object"}


def filters_from_url() -> LogFilters:
    """The filters that the address names; what is no day filters nothing."""
    given = {name: st.query_params.get(parameter, "") for name, parameter in _PARAMETERS.items()}
    return LogFilters(**given | {name: _day_text(given[name]) for name in ("first", "last")})


def draw_filters(filters: LogFilters) -> None:
    """A control for each filter; a change is written to the address."""
    first, last, actor, action, about = st.columns([1, 1, 1, 1.2, 1.8])
    with first:
        _day("first", filters.first)
    with last:
        _day("last", filters.last)
    with actor:
        _choice("actor", query_now(actors), filters.actor)
    with action:
        _choice("action", query_now(actions), filters.action)
    with about:
        given = st.text_input(t("audit.filter.object"), filters.object, key=_key("object", filters.object),
            placeholder=t("audit.filter.object.hint"))  # fmt: skip
        _keep("object", object_name(given), filters.object)


def _day(name: str, value: str) -> None:
    day = st.date_input(
        t(f"audit.filter.{name}"),
        dt.date.fromisoformat(value) if value else None,
        format=DAY_FORMAT,
        key=_key(name, value),
    )
    _keep(name, day.isoformat() if isinstance(day, dt.date) else "", value)


def _choice(name: str, options: list[str], value: str) -> None:
    offered = ["", *options, *([value] if value and value not in options else [])]
    chosen = st.selectbox(
        t(f"audit.filter.{name}"),
        offered,
        index=offered.index(value),
        format_func=lambda option: _option(name, option),
        key=_key(name, value),
    )
    _keep(name, chosen or "", value)


def _option(name: str, option: str) -> str:
    if not option:
        return t("audit.filter.any")
    return action_text(option) if name == "action" else option


def _keep(name: str, chosen: str, value: str) -> None:
    if chosen == value:
        return
    parameter = _PARAMETERS[name]
    st.query_params.pop("page", None)
    if chosen:
        st.query_params[parameter] = chosen
    else:
        st.query_params.pop(parameter, None)
    st.rerun()


def _key(name: str, value: str) -> str:
    return f"audit_{name}_{value}_{language()}"


def object_name(typed: str) -> str:
    """What the log calls what somebody typed: a number, a pseudonym, or the word for a kind."""
    text = typed.strip()
    if _ALERT.fullmatch(text):
        return f"alert:{text}"
    if _PSEUDONYM.fullmatch(text.upper()):
        return f"identity:{text.upper()}"
    if case_kind(text.upper()):
        return f"case:{text.upper()}"
    kinds = dict(zip(OBJECT_KINDS, OBJECT_KINDS, strict=True)) | _CASEWORK
    return next((known for kind, known in kinds.items() if label("log_object", kind) == text), text)


def _day_text(text: str) -> str:
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        return ""
