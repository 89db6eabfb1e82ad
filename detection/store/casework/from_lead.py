"""A lead becomes a case: its alerts, what they claim, and who is recused go with it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import insert, select

from detection.cases.moves import Act, Standing
from detection.store.casework import events
from detection.store.casework.acting import Entering
from detection.store.casework.events import APPROVED, Stored
from detection.store.casework.opening import enter_claims
from detection.store.casework.tables import CaseAlert, CaseFile


def open_from_lead(entering: Entering, lead: Stored, act: Act) -> None:
    """Open the case of a lead; ``act`` approves it, with the track as its code."""
    connection, at = entering.connection, entering.at
    file = connection.execute(select(CaseFile.__table__).where(CaseFile.case_id == lead.case_id)).one()
    case = Stored(events.next_number(connection, "case", at), "case", 0, Standing("opening_proposed"))
    connection.execute(
        insert(CaseFile).values(
            case_id=case.case_id,
            kind=case.kind,
            queue=file.queue,
            packet_kind=file.packet_kind,
            packet_subject=file.packet_subject,
            district=file.district,
            state=case.standing.state,
            track=act.code,
            verdict="",
            disposition="",
            opened_at=at,
            last_event=0,
            from_lead=lead.case_id,
        )
    )
    opened = events.append(connection, case, entering.actor, replace(act, move=APPROVED), at, "open")
    alert_ids = connection.scalars(
        select(CaseAlert.alert_id).where(CaseAlert.case_id == lead.case_id).order_by(CaseAlert.alert_id)
    ).all()
    for alert_id in alert_ids:
        connection.execute(
            insert(CaseAlert).values(case_id=case.case_id, alert_id=alert_id, event_id=opened.event_id)
        )
    events.set_part(connection, case.case_id, lead.standing.recused, "recused", opened.event_id)
    replace(entering, action=APPROVED, about=f"case:{case.case_id}").enter(
        before={"state": case.standing.state},
        after={"state": opened.state, "event": opened.event_id, "code": act.code, "people": ""},
    )
    enter_claims(entering, opened, alert_ids)
