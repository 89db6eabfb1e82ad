"""Give several packets of a page to an inspector: chosen, shown with what it means, then confirmed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.casework_views.acting import acting
from dashboard.casework_views.case_moves import names_in
from dashboard.casework_views.kept import empty, form_key, kept
from dashboard.casework_views.words import word
from dashboard.markup import table
from dashboard.query_cache import query_now
from dashboard.session import now, workspace
from dashboard.wording import figures, language, t
from detection.cases.limits import limits
from detection.followup.casework.assigning import Assigned, assign_cases, assign_packets
from detection.language.sentences import error_text, in_language
from detection.store.queries.casework.cases import Case
from detection.store.queries.casework.packets import Packet
from detection.store.queries.casework.tools.inspectors import inspectors
from detection.store.queries.reader import ReadError

_PACKETS, _CASES = "assign_packets", "assign_cases"
_UNASSIGNED = ("registered", "open")
_TWO = 2


def offer_assignment(rows: Sequence[Packet]) -> None:
    """A form for supervisors of the whole fund to give packets that are in no case to an inspector."""
    free = {row.packet_id: row for row in rows if not row.case_id}
    if acting().role != "supervisor" or acting().districts is not None or not free:
        return
    _say_outcome(_PACKETS)
    with st.expander(t("assign.packets")):
        texts = {packet_id: _text(row) for packet_id, row in free.items()}
        chosen = st.multiselect(
            t("assign.which"),
            list(texts),
            format_func=texts.__getitem__,
            placeholder=t("assign.choose"),
            key=f"which_{form_key(_PACKETS)}",
        )
        name, reason = _to_whom(_PACKETS)
        if not chosen or not name:
            return
        st.caption(
            t(
                "assign.confirm",
                n=figures().count(len(chosen)),
                name=name,
                most=figures().count(limits().most_open_packets),
            )
        )
        table(
            (t("packet.subject"), t("packet.kind"), t("packet.alerts"), t("assign.from")),
            [
                [
                    row.subject,
                    word("packet_kind", row.kind),
                    figures().count(row.alerts),
                    row.holder or t("packet.free"),
                ]
                for row in (free[packet_id] for packet_id in chosen)
            ],
            numeric=(2,),
        )
        if not st.button(t("assign.submit"), key=f"assign_{form_key(_PACKETS)}", type="primary"):
            return
    seen = {packet_id: free[packet_id].holder for packet_id in chosen}
    try:
        done = assign_packets(workspace(), chosen, name, actor=acting(), at=now(), reason=reason, seen=seen)
    except ReadError as error:
        st.error(error_text(error, language()))
        return
    _keep_outcome(_PACKETS, done)


def offer_case_assignment(rows: Sequence[Case]) -> None:
    """A form for supervisors to assign two inspectors to several leads and cases that have none."""
    waiting = {row.case_id: row for row in rows if row.state in _UNASSIGNED}
    if acting().role != "supervisor" or len(waiting) < _TWO:
        return
    _say_outcome(_CASES)
    with st.expander(t("assign.cases")):
        chosen = st.multiselect(
            t("assign.which"),
            list(waiting),
            format_func={
                case_id: f"{case_id} · {row.subject}" for case_id, row in waiting.items()
            }.__getitem__,
            placeholder=t("assign.choose"),
            key=f"which_{form_key(_CASES)}",
        )
        people = st.text_input(t("case.people"), placeholder=t("case.people.hint"), **kept(_CASES, "who"))
        names = names_in(people)
        if not chosen or not names:
            return
        st.caption(
            t(
                "assign.confirm.cases",
                n=figures().count(len(chosen)),
                names=t("separator").join(sorted(names)),
                cases=t("separator").join(chosen),
            )
        )
        if not st.button(t("assign.submit"), key=f"assign_{form_key(_CASES)}", type="primary"):
            return
    seen = {case_id: waiting[case_id].last_event for case_id in chosen}
    try:
        done = assign_cases(workspace(), chosen, names, actor=acting(), at=now(), seen=seen)
    except ReadError as error:
        st.error(error_text(error, language()))
        return
    _keep_outcome(_CASES, done)


def _to_whom(form: str) -> tuple[str, str]:
    """Name of the inspector, and the reason."""
    known = {
        each.name: t("assign.holds", name=each.name, n=figures().count(each.packets))
        for each in query_now(inspectors)
    }
    left, right = st.columns(2)
    if known:
        name = left.selectbox(
            t("assign.to"),
            list(known),
            index=None,
            placeholder=t("assign.choose"),
            format_func=known.__getitem__,
            **kept(form, "to", options=list(known)),
        )
    else:
        name = left.text_input(t("assign.to"), **kept(form, "to"))
    reason = right.text_input(t("case.reason"), **kept(form, "reason"))
    return (name or "").strip(), reason


def _text(row: Packet) -> str:
    parts = [row.subject, word("packet_kind", row.kind), row.holder]
    return " · ".join(part for part in parts if part)


def _keep_outcome(form: str, done: Assigned) -> None:
    st.session_state[f"outcome_{form}"] = done
    empty(form)
    st.rerun()


def _say_outcome(form: str) -> None:
    """What became of the last assignment, once."""
    done: Assigned | None = st.session_state.pop(f"outcome_{form}", None)
    if done is None:
        return
    if done.done:
        st.success(t("assign.done", n=figures().count(len(done.done))))
    for problem in done.refused:
        st.error(in_language(problem, language()))
