"""What a reader may do with alerts: choose, give a reason, confirm; and take it back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from dashboard.wording import label, language, t
from detection.cli.terminal import now
from detection.followup import act

ACTIONS = ("triage", "snooze", "dismiss", "escalate", "reopen")
_ACTOR = "dashboard"  # until there is a sign-in
_UNDO = "undoable"


def offer_actions(alert_ids: Sequence[str], *, key: str, narrow: bool = False) -> None:
    """A form to act on the chosen alerts, and the way back after the last act."""
    _offer_undo(key)
    if not alert_ids:
        return
    with st.form(f"act_{key}_{language()}", border=False):
        what, why, sure = (
            [st.container()] * 3 if narrow else st.columns([1, 2.4, 0.9], vertical_alignment="bottom")
        )
        action = what.selectbox(t("act.action"), ACTIONS, format_func=lambda one: label("action", one))
        note = why.text_input(t("act.reason"), placeholder=t("act.reason.hint"))
        with sure:
            said = t("act.submit.one") if narrow else t("act.submit", n=len(alert_ids))
            confirmed = st.form_submit_button(said, type="primary", width="stretch")
    if confirmed and not note.strip():
        st.warning(t("act.reason.needed"))
    elif confirmed:
        _confirm(list(alert_ids), str(action), note)


@st.dialog(" ")
def _confirm(alert_ids: list[str], action: str, note: str) -> None:
    """Ask once more, with the number of alerts and the reason in words."""
    st.markdown(f"**{t('act.confirm', n=len(alert_ids), action=label('action', action))}**")
    st.text(note)
    if st.button(t("act.yes"), type="primary", key=f"yes_{language()}"):
        _do(alert_ids, action, note)
        st.rerun()


def _do(alert_ids: list[str], action: str, note: str) -> None:
    outcome = act(
        Path(st.session_state["workspace"]),
        alert_ids,
        actor=_ACTOR,
        action=action,
        note=note,
        at=now(),
    )
    st.session_state[_UNDO] = (action, outcome.done) if action != "undo" else None
    st.session_state["refused"] = outcome.refused


def _offer_undo(key: str) -> None:
    for refused in st.session_state.pop("refused", ()):
        st.warning(refused)
    last = st.session_state.get(_UNDO)
    if not last or not last[1]:
        return
    action, done = last
    said, back = st.columns([5, 1], vertical_alignment="center")
    said.success(t("act.done", n=len(done), action=label("action", action)))
    if back.button(t("act.undo"), key=f"undo_{key}_{language()}", width="stretch"):
        _do(list(done), "undo", "")
        st.rerun()
