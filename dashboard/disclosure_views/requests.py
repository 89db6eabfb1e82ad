"""Requests for real ids: what waits for whoever is at the screen, and what they asked for themselves."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.casework_views.kept import act_and_empty, form_key, kept
from dashboard.identities import show
from dashboard.markup import chip, lines, section, styled, table
from dashboard.query_cache import query_now
from dashboard.session import actor, now, workspace
from dashboard.wording import figures, label, language, t, time_text
from detection.followup.requests import Request, decide, requests_of, requests_waiting_for
from detection.language.messages import case_label

_DECISION = "request_decision"
_COLUMNS = ("number", "about", "who", "at", "reason", "state")


def draw_requests() -> bool:
    """Both lists with their forms, as far as there are any; whether there were."""
    waiting = query_now(requests_waiting_for, actor())
    own = query_now(requests_of, actor(), now())
    if waiting:
        section(t("request.waiting"), t("request.waiting.note"))
        _draw(waiting)
        _offer_decision(waiting)
    if own:
        section(t("request.own"), t("request.own.note"))
        _draw(own)
        _offer_own(own)
    return bool(waiting or own)


def _draw(requests: Sequence[Request]) -> None:
    table([t(f"request.column.{name}") for name in _COLUMNS], [_cells(each) for each in requests])


def _cells(request: Request) -> list[str]:
    wanted = request.wanted
    about = (
        wanted.subject
        if wanted.kind == "identity"
        else label("disclosed", wanted.subject.removeprefix("export "))
    )
    return [
        figures().count(request.number),
        lines([styled(about, "mono"), *([styled(wanted.detail, "muted")] if wanted.detail else [])]),
        wanted.actor,
        styled(time_text(wanted.at), "nowrap"),
        styled(wanted.reason, "prose"),
        chip(case_label("request_state", request.state, language())),
    ]


def _offer_decision(requests: Sequence[Request]) -> None:
    key = form_key(_DECISION)
    number, reason, yes, no = st.columns([0.8, 2.6, 0.8, 0.8], vertical_alignment="bottom")
    chosen = number.selectbox(t("request.column.number"), [each.number for each in requests], key=f"n_{key}")
    field = kept(_DECISION, f"reason_{chosen}")
    why = reason.text_input(t("request.why"), placeholder=t("request.why.hint"), **field)
    if yes.button(t("request.approve"), key=f"y_{key}", type="primary", width="stretch"):
        act_and_empty(
            lambda: decide(workspace(), chosen, "approved", actor=actor(), reason=why, at=now()),
            _DECISION,
        )
    if no.button(t("request.refuse"), key=f"r_{key}", width="stretch"):
        act_and_empty(
            lambda: decide(workspace(), chosen, "refused", actor=actor(), reason=why, at=now()),
            _DECISION,
        )


def _offer_own(requests: Sequence[Request]) -> None:
    key = form_key("request_own")
    number, opened, back, _ = st.columns([0.8, 1.4, 1, 1.8], vertical_alignment="bottom")
    by_number = {each.number: each for each in requests}
    chosen = by_number[number.selectbox(t("request.column.number"), list(by_number), key=f"n_{key}")]
    wanted = chosen.wanted
    shown = chosen.state == "approved" and wanted.kind == "identity" and wanted.minutes is not None
    if shown and opened.button(t("request.show"), key=f"s_{key}", type="primary", width="stretch"):
        act_and_empty(lambda: show(wanted.subject, wanted.reason, wanted.minutes or 0), "request_own")
    if chosen.state == "waiting" and back.button(t("request.withdraw"), key=f"b_{key}", width="stretch"):
        act_and_empty(
            lambda: decide(workspace(), chosen.number, "withdrawn", actor=actor(), at=now()), "request_own"
        )
