"""Take a packet, give it back, or open a case from it: one form, which says why something is refused."""

from __future__ import annotations

import streamlit as st

from dashboard.casework_views.acting import acting
from dashboard.casework_views.kept import act_and_empty, form_key, kept
from dashboard.session import now, workspace
from dashboard.wording import t
from detection.cases.life_cycle import Kind
from detection.followup import cases as casework
from detection.store.queries.casework.packets import Packet


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
            act_and_empty(
                lambda: casework.give_back(where, packet.packet_id, actor=actor, at=now(), reason=reason),
                form,
            )
    elif take.button(t("packet.take"), key=f"take_{key}", type="primary", width="stretch"):
        act_and_empty(lambda: casework.take(where, packet.packet_id, actor=actor, at=now()), form="")
    if case.button(t("packet.open_case"), key=f"case_{key}", width="stretch"):
        _open(packet, "case", reason)
    if lead.button(t("packet.open_lead"), key=f"lead_{key}", width="stretch"):
        _open(packet, "lead", reason)


def _open(packet: Packet, kind: Kind, reason: str) -> None:
    where, actor, at = workspace(), acting(), now()
    act_and_empty(
        lambda: casework.open_case(where, packet.packet_id, actor=actor, at=at, reason=reason, kind=kind),
        f"packet_{packet.packet_id}",
    )
