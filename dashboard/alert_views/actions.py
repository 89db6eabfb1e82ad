"""Follow-up actions on alerts: select, give a reason, confirm what is selected, and take acts back.

Everything here carries the state of the store in its key: after an act, of whomever, no selection and no reason is left
that was meant for other alerts. Until then a typed reason outlives a reload.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.alert_views.confirming import Details, ask_details, what_is_selected
from dashboard.casework_views.kept import empty, form_key, kept
from dashboard.query_cache import store_key
from dashboard.session import Right, actor, last_event, may, now, run_id, workspace
from dashboard.wording import figures, label, language, t
from detection.followup.acts import act, possible_acts
from detection.language.sentences import in_language
from detection.store.queries.alerts import Row

_DONE = "acts_done"
_REFUSED = "refused"


@dataclass(frozen=True)
class _Done:
    """An act of this session that can be taken back: the event of each alert, and how many wait for somebody else."""

    action: str
    events: Mapping[str, int]
    waiting: int = 0


def offer_actions(selected: Sequence[Row], *, key: str, about: str, submit: str) -> None:
    """A form in one line to act on the selected alerts, and a button that takes the last act back; for those who may.

    Args:
        selected: the alerts; without any, the form says so and is disabled, so that nothing on the page moves.
        key: distinguishes the forms of different pages and alerts.
        about: what the act would be on, in front of the fields.
        submit: text of the button.
    """
    if not may(Right.work_alerts):
        return
    _offer_undo(key)
    actions = possible_acts(selected, actor())
    hint = t("act.select") if not selected else "" if actions else _why_none(selected)
    form = f"act_{key}_{run_id()}_{last_event()}"
    about_field, action_field, reason_field, submit_field = st.columns(
        [0.7, 1.1, 2.4, 0.9], vertical_alignment="center"
    )
    about_field.caption(about)
    action = action_field.selectbox(
        t("act.action"),
        actions,
        index=None,
        placeholder=hint or t("act.choose"),
        format_func=lambda name: label("action", name),
        disabled=not actions,
        key=f"action_{form_key(form)}_{'_'.join(actions)}",
        label_visibility="collapsed",
    )
    note = reason_field.text_input(
        t("act.reason"),
        placeholder=t("act.reason.hint"),
        disabled=not actions,
        label_visibility="collapsed",
        **kept(form, "note"),
    )
    submitted = submit_field.button(
        submit, type="primary", width="stretch", disabled=not actions, key=f"submit_{form_key(form)}"
    )
    if submitted and not (action and note.strip()):
        st.warning(t("act.incomplete"))
    elif submitted:
        _confirm(list(selected), str(action), note, form)


def _why_none(selected: Sequence[Row]) -> str:
    """Why nothing can be done to the selected alerts."""
    own = all(row.status == "proposed" and row.proposed_by == actor().name for row in selected)
    return t("act.another_confirms") if own else t("act.no_common")


@st.dialog(" ", width="medium")
def _confirm(selected: list[Row], action: str, note: str, form: str) -> None:
    """A dialog that lists the alerts, their money and the reason, and asks for what else the action needs."""
    number = figures().count(len(selected))
    st.markdown(f"**{t('act.confirm', n=number, action=label('action', action))}**")
    what_is_selected(selected)
    st.text(f"{t('act.reason')}: {note}")
    details = ask_details(action, dt.date.fromisoformat(now()[:10]))
    if st.button(t("act.yes"), type="primary", key=f"yes_{language()}", disabled=details is None):
        seen = dict.fromkeys((row.alert_id for row in selected), last_event())
        done = _do(list(seen), action, note, seen, details or Details())
        if done.events:
            _acts().append(done)
            empty(form)
        st.rerun()


def _do(
    alert_ids: Sequence[str],
    action: str,
    note: str,
    seen: Mapping[str, int],
    details: Details,
) -> _Done:
    """Act; returns what was done, and keeps for the next page why others were refused."""
    outcome = act(
        workspace(),
        alert_ids,
        actor=actor(),
        action=action,
        note=note,
        code=details.code,
        until=details.until,
        at=now(),
        seen=seen,
    )
    st.session_state[_REFUSED] = outcome.refused
    return _Done(action, outcome.events, len(outcome.waiting))


def _acts() -> list[_Done]:
    """The acts of this session that can be taken back, oldest first."""
    done: list[_Done] = st.session_state.setdefault(_DONE, [])
    return done


def _offer_undo(key: str) -> None:
    for refused in st.session_state.pop(_REFUSED, ()):
        st.warning(in_language(refused, language()))
    if not _acts():
        return
    last = _acts()[-1]
    message, button = st.columns([5, 1], vertical_alignment="center")
    text = t("act.done", n=figures().count(len(last.events)), action=label("action", last.action))
    if last.waiting:
        text += " " + t("act.waiting", n=figures().count(last.waiting))
    message.success(text)
    if button.button(t("act.undo"), key=f"undo_{key}_{store_key()}", width="stretch"):
        _acts().pop()
        _do(list(last.events), "undo", "", last.events, Details())
        st.rerun()
