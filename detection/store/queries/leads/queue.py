"""The queue of outside leads: what must be answered first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true

from detection.cases.clocks import Deadline
from detection.cases.life_cycle import ended_states
from detection.store.casework.keys import PacketKey
from detection.store.casework.tables import CaseFile
from detection.store.leads.tables import OUTSIDE, WORDS, OutsideLead
from detection.store.queries.casework.cases import Case, cases_of
from detection.store.queries.leads.course import goes_on_in, in_running_cases
from detection.store.queries.reader import Reader

DUE = ("overdue", "soon")
"""What a queue may be narrowed to by its clocks: those that are over, and those that end soon."""
_GOES_ON = ("became_case", "merged")
"""States of leads that go on in a case or in another lead."""
LISTED = tuple(column for column in OutsideLead.__table__.columns if column.name not in WORDS)
"""Columns of lists: all but what senders wrote in words, which the database's role of readers does not see."""
SOON = 5
"""Working days within which a clock ends soon."""


@dataclass(frozen=True)
class LeadFilters:
    """Which outside leads a queue holds; an empty text filters nothing.

    Attributes:
        sender: as it is stored.
        state: of the life cycle of leads.
        match: one of `detection.leads.match.MATCHES`.
        due: one of `DUE`.
        open: only those that have not ended, and those with a sender's deadline whose case has not ended.
    """

    sender: str = ""
    state: str = ""
    match: str = ""
    due: str = ""
    open: bool = True


@dataclass(frozen=True)
class LeadLine:
    """An outside lead in the queue, masked.

    Attributes:
        lead: where it stands, what it is about, and its clock.
        match: what it matches.
        packet_id: of the packet that it is attached to; empty without one.
        amount_claimed: fen; None where the sender names none.
        opened: the case, or the lead, in which it goes on; empty where it stands by itself.
    """

    lead: Case
    sender: str
    sender_number: str
    received_on: str
    kind: str
    match: str
    packet_id: str
    amount_claimed: int | None
    opened: str

    @property
    def due(self) -> Deadline | None:
        """The clock that runs."""
        return self.lead.due


def lead_lines(reader: Reader, filters: LeadFilters, today: dt.date) -> list[LeadLine]:
    """Outside leads, what is due first at the top; none for a reader of some districts."""
    rows = reader.session.execute(_filtered(reader, filters)).all()
    if filters.open:
        ended = [row.case_id for row in rows if row.state in ended_states()]
        answered = {*ended} - in_running_cases(reader, ended)
        rows = [row for row in rows if row.case_id not in answered]
    by_number = {row.case_id: row for row in rows}
    leads = cases_of(reader, [*by_number], today)
    opened = goes_on_in(reader, [*by_number])
    lines = [_line(reader, lead, by_number[lead.case_id], opened.get(lead.case_id, "")) for lead in leads]
    return [line for line in lines if _is_due(line, filters.due)]


def senders(reader: Reader) -> list[str]:
    """Everybody who sent a lead, sorted."""
    query = select(OutsideLead.sender).where(in_scope(reader)).distinct()
    return [*reader.session.scalars(query.order_by(OutsideLead.sender))]


def leads_of_packet(reader: Reader, key: PacketKey) -> list[str]:
    """Numbers of the outside leads about the subject of a packet, ended or not."""
    query = select(CaseFile.case_id).where(
        CaseFile.queue == OUTSIDE, CaseFile.packet_kind == key.kind, CaseFile.packet_subject == key.subject
    )
    return [*reader.session.scalars(query.order_by(CaseFile.case_id))]


def in_scope(reader: Reader) -> ColumnElement[bool]:
    """The condition that a reader sees outside leads: they are of the whole fund."""
    return true() if reader.scope is None else false()


def packet_of(reader: Reader, kind: str, subject: str, queue: str | None) -> str:
    """The id of the packet that a lead is attached to; empty without one."""
    return PacketKey(queue, kind, subject).packet_id(reader.workspace.pseudonym_key()) if queue else ""


def _filtered(reader: Reader, filters: LeadFilters) -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = (
        select(*LISTED, CaseFile.packet_kind, CaseFile.packet_subject, CaseFile.state)
        .join(CaseFile, CaseFile.case_id == OutsideLead.case_id)
        .where(CaseFile.queue == OUTSIDE, in_scope(reader))
    )
    for column, value in (
        (OutsideLead.sender, filters.sender),
        (CaseFile.state, filters.state),
        (OutsideLead.match, filters.match),
    ):
        query = query.where(column == value) if value else query
    running, continued = CaseFile.state.not_in(ended_states()), CaseFile.state.in_(_GOES_ON)
    waits = or_(running, and_(continued, OutsideLead.deadline.is_not(None)))
    return query.where(waits) if filters.open else query


def _line(reader: Reader, lead: Case, row: Any, opened: str) -> LeadLine:
    return LeadLine(
        lead,
        row.sender,
        row.sender_number,
        row.received_on,
        row.kind,
        row.match,
        packet_of(reader, row.packet_kind, row.packet_subject, row.packet_queue),
        row.amount_claimed,
        opened,
    )


def _is_due(line: LeadLine, due: str) -> bool:
    clock = line.due
    match due:
        case "overdue":
            return clock is not None and clock.overdue
        case "soon":
            return clock is not None and not clock.overdue and clock.left <= SOON
    return True
