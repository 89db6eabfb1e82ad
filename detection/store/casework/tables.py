"""Tables of the work on packets, leads and cases. Money is fen; times are ISO text that the caller passed in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Float, ForeignKey, Index, Integer, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from detection.store.schema import Base

_OPEN = text("given_back_at IS NULL")


class PacketHolding(Base):
    """A packet that an inspector took; at most one at a time, until it is given back or becomes a case."""

    __tablename__ = "packet_holding"

    holding_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    queue: Mapped[str] = mapped_column(String(20))
    packet_kind: Mapped[str] = mapped_column(String(20))
    packet_subject: Mapped[str] = mapped_column(String(80))
    holder: Mapped[str] = mapped_column(String(80))
    taken_at: Mapped[str] = mapped_column(String(32))
    given_back_at: Mapped[str | None] = mapped_column(String(32))
    given_back_by: Mapped[str | None] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        Index(
            "holding_of_packet",
            "queue",
            "packet_kind",
            "packet_subject",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("holding_by_holder", "holder", "given_back_at"),
    )


class CaseFile(Base):
    """A lead or a case about one packet; ``state`` is what its last event left."""

    __tablename__ = "case_file"

    case_id: Mapped[str] = mapped_column(String(20), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    queue: Mapped[str] = mapped_column(String(20))
    packet_kind: Mapped[str] = mapped_column(String(20))
    packet_subject: Mapped[str] = mapped_column(String(80))
    district: Mapped[str | None] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(30))
    track: Mapped[str] = mapped_column(String(20))
    verdict: Mapped[str] = mapped_column(String(80))
    disposition: Mapped[str] = mapped_column(String(40))
    opened_at: Mapped[str] = mapped_column(String(32))
    last_event: Mapped[int] = mapped_column(Integer)
    from_lead: Mapped[str | None] = mapped_column(ForeignKey("case_file.case_id"))

    __table_args__ = (
        Index("case_by_packet", "queue", "packet_kind", "packet_subject"),
        Index("case_by_state", "kind", "state"),
        Index("case_by_lead", "from_lead"),
    )


class CaseAlert(Base):
    """An alert of a case, and the event that put it there."""

    __tablename__ = "case_alert"

    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.case_id"), primary_key=True)
    alert_id: Mapped[str] = mapped_column(ForeignKey("alert.alert_id"), primary_key=True, index=True)
    event_id: Mapped[int] = mapped_column(Integer)


class CasePerson(Base):
    """A person's part in a case: ``inspector`` or ``recused``."""

    __tablename__ = "case_person"

    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.case_id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    part: Mapped[str] = mapped_column(String(12))
    event_id: Mapped[int] = mapped_column(Integer)

    __table_args__ = (Index("case_person_by_name", "name", "part"),)


class CaseEvent(Base):
    """A move, or a record without one (note, recusal, money); appended, never changed."""

    __tablename__ = "case_event"

    event_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.case_id"), index=True)
    at: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(20))
    move: Mapped[str] = mapped_column(String(40))
    state_before: Mapped[str] = mapped_column(String(30))
    state_after: Mapped[str] = mapped_column(String(30))
    reason: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(String(80))
    until: Mapped[str | None] = mapped_column(String(10))
    document: Mapped[str] = mapped_column(String(120))
    document_day: Mapped[str | None] = mapped_column(String(10))
    people: Mapped[list[Any]]


class MoneyEntry(Base):
    """An entry of a case's ledger; signed, only appended."""

    __tablename__ = "money_entry"

    entry_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.case_id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("case_event.event_id"))
    day: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(20))
    fund: Mapped[str] = mapped_column(String(10))
    stage: Mapped[str] = mapped_column(String(10))
    amount: Mapped[int] = mapped_column(BigInteger)


class Suppression(Base):
    """Alerts of one detector about one subject stay dismissed until a day, once a second person has confirmed it."""

    __tablename__ = "suppression"

    suppression_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    queue: Mapped[str] = mapped_column(String(20))
    packet_kind: Mapped[str] = mapped_column(String(20))
    packet_subject: Mapped[str] = mapped_column(String(80))
    detector: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(20))
    owner: Mapped[str] = mapped_column(String(80))
    code: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text)
    proposed_at: Mapped[str] = mapped_column(String(32))
    expires_on: Mapped[str] = mapped_column(String(10))
    second: Mapped[str | None] = mapped_column(String(80))
    second_at: Mapped[str | None] = mapped_column(String(32))
    second_reason: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        Index("suppression_of_packet", "queue", "packet_kind", "packet_subject", "detector"),
        Index("suppression_by_state", "state", "expires_on"),
    )


class SuppressedAlert(Base):
    """An alert under a suppression; ``shown`` where it is one of the sample that is shown all the same."""

    __tablename__ = "suppressed_alert"

    suppression_id: Mapped[int] = mapped_column(ForeignKey("suppression.suppression_id"), primary_key=True)
    alert_id: Mapped[str] = mapped_column(ForeignKey("alert.alert_id"), primary_key=True, index=True)
    shown: Mapped[bool]


class CaseTask(Base):
    """Something to do in a case; ``done_at`` is empty while it is open."""

    __tablename__ = "case_task"

    task_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.case_id"), index=True)
    event_id: Mapped[int] = mapped_column(Integer)
    owner: Mapped[str] = mapped_column(String(80))
    due: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    done_at: Mapped[str] = mapped_column(String(32))
    done_by: Mapped[str] = mapped_column(String(80))

    __table_args__ = (Index("case_task_by_owner", "owner", "done_at", "due"),)


class CaseLink(Base):
    """Two cases: ``related``, ``merged`` (into the other) or ``split`` (from the other, after its event)."""

    __tablename__ = "case_link"

    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.case_id"), primary_key=True)
    other_id: Mapped[str] = mapped_column(ForeignKey("case_file.case_id"), primary_key=True, index=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    event_id: Mapped[int] = mapped_column(Integer)


class DocumentContent(Base):
    """The bytes of files, each content once."""

    __tablename__ = "document_content"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class CaseDocument(Base):
    """A file of a case, with what was typed about it.

    ``purged_at`` where a rule of retention has removed its bytes, its name and what was typed.
    """

    __tablename__ = "case_document"

    document_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.case_id"), index=True)
    event_id: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    purged_at: Mapped[str] = mapped_column(String(32))
    about: Mapped[str] = mapped_column(Text, default="", server_default="")


class FormDraft(Base):
    """What a user has typed in a form and not sent yet."""

    __tablename__ = "form_draft"

    user_name: Mapped[str] = mapped_column(String(80), primary_key=True)
    form: Mapped[str] = mapped_column(String(120), primary_key=True)
    fields: Mapped[dict[str, Any]]
    saved_at: Mapped[str] = mapped_column(String(32), index=True)


class RandomAudit(Base):
    """A dismissed alert, or a subject without alerts, that was selected at random to be looked at again.

    ``chance`` is the probability with which it was selected; ``month`` the month of data (ISO) for which a subject was;
    ``alert_id`` is empty for a subject.
    """

    __tablename__ = "random_audit"

    audit_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    stratum: Mapped[str] = mapped_column(String(20))
    alert_id: Mapped[str | None] = mapped_column(ForeignKey("alert.alert_id"), index=True)
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(80))
    chance: Mapped[float] = mapped_column(Float)
    month: Mapped[str] = mapped_column(String(7))
    sampled_at: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(12))
    result: Mapped[str] = mapped_column(String(20))
    result_by: Mapped[str | None] = mapped_column(String(80))
    result_at: Mapped[str | None] = mapped_column(String(32))
    reason: Mapped[str] = mapped_column(Text)

    __table_args__ = (Index("random_audit_by_state", "state", "stratum", "month"),)
