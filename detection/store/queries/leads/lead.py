"""One outside lead: what its sender wrote, masked, and what it matches."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from detection.store.casework.tables import CaseFile
from detection.store.leads.tables import OutsideLead
from detection.store.queries.leads.course import goes_on_in
from detection.store.queries.leads.matching import Named, match_leads
from detection.store.queries.leads.queue import in_scope, packet_of
from detection.store.queries.reader import Reader

_DAY = 10


@dataclass(frozen=True)
class Proposed:
    """An institution whose name is near: its pseudonym and its name."""

    pseudonym: str
    name: str


@dataclass(frozen=True)
class OutsidePart:
    """What came from outside with a lead.

    Attributes:
        sender, sender_number, received_on, deadline, kind: as the sender wrote; ``deadline`` is empty without one.
        subject_kind, subject, pseudonym: whom it is about, an institution by name; empty for nobody.
        institution: the name that the sender wrote.
        period_start, period_end: ISO days, empty where unknown.
        amount_claimed: fen; None where the sender names none.
        text: what the sender says.
        match: what it matches.
        packet_id: of the packet that it is attached to; empty without one.
        proposed: institutions of which a person may choose one.
        opened: the case, or the lead, in which it goes on; empty where it stands by itself.
        purged: ISO day on which a rule of retention removed text and name; empty where none did.
    """

    sender: str
    sender_number: str
    received_on: str
    deadline: str
    kind: str
    subject_kind: str
    subject: str
    pseudonym: str
    institution: str
    period_start: str
    period_end: str
    amount_claimed: int | None
    text: str
    match: str
    packet_id: str
    proposed: tuple[Proposed, ...]
    opened: str
    purged: str = ""


def outside_part(reader: Reader, case_id: str) -> OutsidePart | None:
    """What came from outside with a lead; None for one of another origin, or a reader of some districts."""
    row = reader.session.execute(
        select(*OutsideLead.__table__.columns, CaseFile.packet_kind, CaseFile.packet_subject)
        .join(CaseFile, CaseFile.case_id == OutsideLead.case_id)
        .where(OutsideLead.case_id == case_id, in_scope(reader))
    ).first()
    if row is None:
        return None
    near: tuple[str, ...] = ()
    if not row.packet_subject and row.institution:
        [match] = match_leads(reader, [Named(institution=row.institution)])
        near = match.near or ((match.subject,) if match.subject else ())
    kind, subject = row.packet_kind, row.packet_subject
    return OutsidePart(
        sender=row.sender,
        sender_number=row.sender_number,
        received_on=row.received_on,
        deadline=row.deadline or "",
        kind=row.kind,
        subject_kind=kind,
        subject=reader.name(kind, subject),
        pseudonym=reader.identity(kind, subject),
        institution=row.institution,
        period_start=row.period_start or "",
        period_end=row.period_end or "",
        amount_claimed=row.amount_claimed,
        text=row.text,
        match=row.match,
        packet_id=packet_of(reader, kind, subject, row.packet_queue),
        proposed=tuple(
            Proposed(reader.identity("provider", each), reader.name("provider", each)) for each in near
        ),
        opened=goes_on_in(reader, [case_id]).get(case_id, ""),
        purged=row.purged_at[:_DAY],
    )
