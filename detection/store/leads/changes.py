"""What the data of a run say of a lead that earlier data had, where it is something else: kept, with an event each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, select, update

from detection.cases.codes import codes
from detection.cases.life_cycle import life_cycle
from detection.cases.moves import Act, after
from detection.leads.incoming import IncomingLead
from detection.leads.row import LEAD_KINDS
from detection.store.casework import events
from detection.store.casework.acting import Entering
from detection.store.casework.tables import CaseEvent, CaseFile
from detection.store.leads.tables import OutsideLead, sent_hash, sent_values

CHANGED = "data_changed"
"""The move that says that the data of a run say something else than before."""
_CHOOSE = "choose_institution"
_STATED = ("received_on", "deadline", "kind")
"""Columns whose former value the log states; the others are, or may hold, personal data."""
_SUBJECT = ("subject_kind", "subject_id")
_AT_ONCE = 500
_DAY = 10


def changed_leads(
    connection: Connection, leads: Sequence[IncomingLead]
) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Stored rows of leads that came with data, and the new values of the columns that differ."""
    by_number = {lead.sender_number: sent_values(lead) for lead in leads}
    numbers, table = sorted(by_number), OutsideLead.__table__
    for start in range(0, len(numbers), _AT_ONCE):
        query = select(
            table
        ).where(
            OutsideLead.sender.in_(LEAD_KINDS),
            OutsideLead.purged_at == "",  # what a rule of retention removed does not come back
            OutsideLead.sender_number.in_(numbers[start : start + _AT_ONCE]),
        )
        for row in connection.execute(query.order_by(OutsideLead.lead_id)).all():
            sent = by_number[row.sender_number]
            values = {
                name: sent[name] for name in codes().of("lead_column") if sent[name] != row._mapping[name]
            }
            if values:
                yield row, values


def take_changes(entering: Entering, row: Any, values: dict[str, Any]) -> int:
    """Keep the new values of a lead; 1, so that leads can be counted.

    A lead about another subject is no longer matched, unless a person said whom it is about, or it goes on in a case.
    """
    connection = entering.connection
    connection.execute(update(OutsideLead).where(OutsideLead.lead_id == row.lead_id).values(values))
    stored = connection.execute(select(OutsideLead.__table__).where(OutsideLead.lead_id == row.lead_id)).one()
    about: dict[str, str | int] = {"lead": int(row.lead_id), "lead_hash": sent_hash(stored)}
    for column in values:
        lead = events.stored(connection, row.case_id, None)
        act = Act(CHANGED, dt.date.fromisoformat(entering.at[:_DAY]), reason=entering.reason, code=column)
        state = after(life_cycle("lead"), lead.standing, entering.actor, act)
        changed = events.append(connection, lead, entering.actor, act, entering.at, state)
        former: dict[str, str | None] = {column: row._mapping[column]} if column in _STATED else {}
        replace(entering, about=f"case:{row.case_id}").enter(
            before={"state": lead.standing.state, **former},
            after={"state": state, "event": changed.event_id, "code": column, **about},
        )
    if any(column in values for column in _SUBJECT) and not _chosen_by_a_person(connection, row.case_id):
        _unmatch(connection, stored)
    return 1


def _unmatch(connection: Connection, row: Any) -> None:
    waits = life_cycle("lead").move["match"].start
    moved = connection.execute(
        update(CaseFile)
        .where(CaseFile.case_id == row.case_id, CaseFile.state.in_(waits))
        .values(packet_kind=row.subject_kind, packet_subject=row.subject_id, district=None)
    )
    if moved.rowcount:
        connection.execute(
            update(OutsideLead)
            .where(OutsideLead.lead_id == row.lead_id)
            .values(match="unknown", packet_queue=None)
        )


def _chosen_by_a_person(connection: Connection, case_id: str) -> bool:
    query = select(func.count()).where(CaseEvent.case_id == case_id, CaseEvent.move == _CHOOSE)
    return bool(connection.scalar(query))
