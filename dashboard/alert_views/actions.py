"""Follow-up actions on alerts: select, give a reason, confirm, and undo."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from dashboard.wording import label, language, t
from detection.cli.terminal import now
from detection.followup import act
from detection.language.errors import in_language

ACTIONS = ("triage", "snooze", "dismiss", "escalate", "reopen")
_ACTOR = "dashboard"  # until there is a sign-in
_UNDO = "undoable"


def offer_actions(alert_ids: Sequence[str], *, key: str, narrow: bool = False) -> None:
    """A form to act on the selected alerts, and a button that undoes the last action.

    Args:
        alert_ids: selected alerts; without any there is no form.
        key: distinguishes the forms of different pages.
        narrow: stack the fields.
    """
    _offer_undo(key)
    if not alert_ids:
        return
    with st.form(f"act_{key}_{language()}", border=False):
        action_field, reason_field, submit_field = (
            [st.container()] * 3 if narrow else st.columns([1, 2.4, 0.9], vertical_alignment="bottom")
        )
        action = action_field.selectbox(
            t("act.action"), ACTIONS, format_func=lambda name: label("action", name)
        )
        note = reason_field.text_input(t("act.reason"), placeholder=t("act.reason.hint"))
        with submit_field:
            text = t("act.submit.single") if narrow else t("act.submit", n=len(alert_ids))
            submitted = st.form_submit_button(text, type="primary", width="stretch")
    if submitted and not note.strip():
        st.warning(t("act.reason.needed"))
    elif submitted:
        _confirm(list(alert_ids), str(action), note)


@st.dialog(" ")
def _confirm(alert_ids: list[str], action: str, note: str) -> None:
    """A dialog that repeats the number of alerts and the reason."""
    st.markdown(f"**{t('act.confirm', n=len(alert_ids), action=label('action', action))}**")
    st.text(note)
    if st.button(t("act.yes"), type="primary", key=f"yes_{language()}"):
        _apply(alert_ids, action, note)
        st.rerun()


def _apply(alert_ids: list[str], action: str, note: str) -> None:
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
        st.warning(in_language(refused, language()))
    last = st.session_state.get(_UNDO)
    if not last or not last[1]:
        return
    action, done = last
    message, button = st.columns([5, 1], vertical_alignment="center")
    message.success(t("act.done", n=len(done), action=label("action", action)))
    if button.button(t("act.undo"), key=f"undo_{key}_{language()}", width="stretch"):
        _apply(list(done), "undo", "")
        st.rerun()
