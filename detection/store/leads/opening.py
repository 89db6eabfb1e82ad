"""An outside lead becomes a case: one of its own, or part of the case that its packet is in already."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select, update

from detection.cases.life_cycle import ended_states
from detection.cases.moves import Act
from detection.store.casework import events, holdings
from detection.store.casework.acting import Entering
from detection.store.casework.events import Stored
from detection.store.casework.keys import PacketKey
from detection.store.casework.opening import escalate
from detection.store.casework.tables import CaseDocument, CaseFile, CaseTask
from detection.store.leads.tables import OutsideLead
from features.errors import UsageError

_DAY = 10
_NOTE = "note"
_QUEUES = {"provider": "institutions", "person": "insured"}
_OTHER_QUEUE = "agency"
"""Desk of subjects that are neither institutions nor people."""


@dataclass(frozen=True)
class Opening:
    """What a case is opened on: a packet, the alerts that it brings, and their district."""

    key: PacketKey
    alert_ids: tuple[str, ...]
    district: str | None


def packet_of_lead(entering: Entering, file: Any, case_id: str) -> Opening:
    """The packet of an outside lead, whose open alerts go into the case; its holding ends.

    Args:
        entering: the act that opens the case.
        file: the case file of the lead.
        case_id: of the case to be.

    Raises:
        UsageError: the lead is about nobody, or another lead is about the packet.
    """
    key = _key(entering, file)
    connection, actor, at = entering.connection, entering.actor, entering.at
    holding = holdings.holding_of(connection, key)
    holdings.refuse_others(connection, key, holding[1] if holding else actor.name)
    alerts = escalate(connection, key, case_id, actor, at)
    holdings.end(connection, key, actor.name, at, case_id)
    return Opening(
        key,
        tuple(alert.alert_id for alert in alerts),
        next((alert.district for alert in alerts), file.district),
    )


def join_running_case(entering: Entering, lead: Stored, file: Any) -> bool:
    """Make a lead part of the case that its packet is in; False where it is in none.

    Who is recused in the lead is in the case, and is no inspector of it; open tasks and files go there.

    Raises:
        UsageError: the lead is about nobody.
    """
    key, connection = _key(entering, file), entering.connection
    case_id = connection.scalar(
        select(CaseFile.case_id)
        .where(
            CaseFile.queue == key.queue,
            CaseFile.packet_kind == key.kind,
            CaseFile.packet_subject == key.subject,
            CaseFile.kind == "case",
            CaseFile.state.not_in(ended_states()),
        )
        .order_by(CaseFile.case_id)
    )
    if case_id is None:
        return False
    case = events.stored(connection, case_id, None)
    act = Act(_NOTE, dt.date.fromisoformat(entering.at[:_DAY]), reason=lead.case_id)
    recused = lead.standing.recused - case.standing.recused
    noted = events.append(connection, case, entering.actor, act, entering.at, case.standing.state, recused)
    events.set_part(connection, case_id, recused, "recused", noted.event_id)
    replace(entering, action=_NOTE, about=f"case:{case_id}", reason=lead.case_id).enter(
        before={"state": case.standing.state},
        after={"state": noted.state, "event": noted.event_id, "people": ", ".join(sorted(recused))},
    )
    keep_case(connection, lead.case_id, case_id)
    hand_on(connection, lead.case_id, case_id)
    return True


def hand_on(connection: Connection, lead_id: str, case_id: str) -> None:
    """Move the open tasks and the files of a lead to its case; what was done stays with the lead."""
    for moved in (
        update(CaseTask).where(CaseTask.case_id == lead_id, CaseTask.done_at == ""),
        update(CaseDocument).where(CaseDocument.case_id == lead_id),
    ):
        connection.execute(moved.values(case_id=case_id))


def keep_case(connection: Connection, lead_id: str, case_id: str) -> None:
    """Keep with an outside lead the case in which it goes on."""
    connection.execute(update(OutsideLead).where(OutsideLead.case_id == lead_id).values(joined_case=case_id))


def _key(entering: Entering, file: Any) -> PacketKey:
    if not file.packet_subject:
        raise UsageError(
            "This lead is about nobody whose id is known.",
            next_step="choose the institution that it is about, or propose to end it",
        )
    queue = entering.connection.scalar(
        select(OutsideLead.packet_queue).where(OutsideLead.case_id == file.case_id)
    )
    kind: str = file.packet_kind
    return PacketKey(queue or _QUEUES.get(kind, _OTHER_QUEUE), kind, file.packet_subject)
