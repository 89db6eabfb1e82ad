"""A lead becomes a case: its alerts, what they claim, who is recused, open tasks and files go with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import insert, select

from detection.cases.moves import Act, Standing
from detection.store.casework import events
from detection.store.casework.acting import Entering
from detection.store.casework.events import APPROVED, Stored
from detection.store.casework.keys import PacketKey
from detection.store.casework.opening import enter_claims
from detection.store.casework.tables import CaseAlert, CaseFile
from detection.store.leads.opening import Opening, hand_on, join_running_case, keep_case, packet_of_lead
from detection.store.leads.tables import OUTSIDE


def open_from_lead(entering: Entering, lead: Stored, act: Act) -> None:
    """Open the case of a lead; ``act`` approves it, with the track as its code.

    An outside lead becomes part of the case that its packet is in; otherwise it brings the packet's open alerts.

    Raises:
        UsageError: an outside lead is about nobody whose id is known.
    """
    connection, at = entering.connection, entering.at
    file = connection.execute(select(CaseFile.__table__).where(CaseFile.case_id == lead.case_id)).one()
    outside = file.queue == OUTSIDE
    if outside and join_running_case(entering, lead, file):
        return
    case = Stored(events.next_number(connection, "case", at), "case", 0, Standing("opening_proposed"))
    on = packet_of_lead(entering, file, case.case_id) if outside else _own_packet(entering, file)
    connection.execute(
        insert(CaseFile).values(
            case_id=case.case_id,
            kind=case.kind,
            queue=on.key.queue,
            packet_kind=on.key.kind,
            packet_subject=on.key.subject,
            district=on.district,
            state=case.standing.state,
            track=act.code,
            verdict="",
            disposition="",
            opened_at=at,
            last_event=0,
            from_lead=lead.case_id,
        )
    )
    if outside:
        keep_case(connection, lead.case_id, case.case_id)
    opened = events.append(connection, case, entering.actor, replace(act, move=APPROVED), at, "open")
    for alert_id in on.alert_ids:
        connection.execute(
            insert(CaseAlert).values(case_id=case.case_id, alert_id=alert_id, event_id=opened.event_id)
        )
    events.set_part(connection, case.case_id, lead.standing.recused, "recused", opened.event_id)
    hand_on(connection, lead.case_id, case.case_id)
    replace(entering, action=APPROVED, about=f"case:{case.case_id}").enter(
        before={"state": case.standing.state},
        after={"state": opened.state, "event": opened.event_id, "code": act.code, "people": ""},
    )
    enter_claims(entering, opened, on.alert_ids)


def _own_packet(entering: Entering, file: Any) -> Opening:
    """The packet and the alerts that a lead was registered with."""
    alert_ids = entering.connection.scalars(
        select(CaseAlert.alert_id).where(CaseAlert.case_id == file.case_id).order_by(CaseAlert.alert_id)
    ).all()
    return Opening(
        PacketKey(file.queue, file.packet_kind, file.packet_subject), tuple(alert_ids), file.district
    )
