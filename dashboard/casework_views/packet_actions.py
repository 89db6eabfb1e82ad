"""Take a packet, give it back, or open a case from it: one form, which says why something is refused."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.casework_views.acting import acting
from dashboard.casework_views.kept import empty, form_key, kept
from dashboard.session import now, workspace
from dashboard.wording import language, t
from detection.cases.life_cycle import Kind
from detection.followup import cases as casework
from detection.language.sentences import error_text
from detection.store.queries.casework.packets import Packet
from detection.store.queries.reader import ReadError


def offer_packet_actions(packet: Packet) -> None:
    """Buttons for what can be done with a packet that is in no case."""
    if packet.case_id:
        return
    form = f"packet_{packet.packet_id}"
    where, actor, key = workspace(), acting(), form_key(form)
    reason = st.text_input(t("packet.reason"), placeholder=t("packet.reason.hint"), **kept(form, "reason"))
    take, case, lead = st.columns(3)
    if packet.holder:
        if take.button(t("packet.give_back"), key=f"back_{key}", width="stretch"):
            _do(
                lambda: casework.give_back(where, packet.packet_id, actor=actor, at=now(), reason=reason),
                form,
            )
    elif take.button(t("packet.take"), key=f"take_{key}", type="primary", width="stretch"):
        _do(lambda: casework.take(where, packet.packet_id, actor=actor, at=now()))
    if case.button(t("packet.open_case"), key=f"case_{key}", width="stretch"):
        _open(packet, "case", reason)
    if lead.button(t("packet.open_lead"), key=f"lead_{key}", width="stretch"):
        _open(packet, "lead", reason)


def _open(packet: Packet, kind: Kind, reason: str) -> None:
    def opened() -> None:
        casework.open_case(workspace(), packet.packet_id, actor=acting(), at=now(), reason=reason, kind=kind)

    _do(opened, f"packet_{packet.packet_id}")


def _do(act: Callable[[], None], form: str = "") -> None:
    """Act, empty the form that the act used, and draw the page again; a refusal is shown with all of its reasons."""
    try:
        act()
    except ReadError as error:
        st.error(error_text(error, language()))
        return
    if form:
        empty(form)
    st.rerun()
