"""The table of outside leads: what their senders wrote. Money is fen; days are ISO text."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from detection.leads.incoming import IncomingLead
from detection.store.schema import Base

OUTSIDE = "outside"
"""Queue of the case files of outside leads: they are about a subject, which may have a packet or none."""
SENT = (
    "sender", "sender_number", "received_on", "deadline", "kind", "subject_kind", "subject_id", "institution",
    "period_start", "period_end", "amount_claimed", "text",
)  # fmt: skip
"""Columns that hold what the sender wrote; later data of a run alone change them, each with its event."""

WORDS = ("text", "institution")
"""Those that hold words of a sender, which a rule of retention removes."""


class OutsideLead(Base):
    """What a sender wrote about a lead, and what it was matched to; the lead itself is its case file.

    The case file's ``packet_kind`` and ``packet_subject`` say whom it is about: as matched, else as the sender wrote.
    ``packet_queue`` is the queue of the packet that it is attached to; null where it is attached to none.
    ``joined_case``: the case that it opened, or the running one of which it became part.
    ``purged_at``: when a rule of retention removed what the sender wrote in words; empty where none did.
    """

    __tablename__ = "outside_lead"

    lead_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.case_id"), unique=True)
    sender: Mapped[str] = mapped_column(String(80))
    sender_number: Mapped[str] = mapped_column(String(80))
    received_on: Mapped[str] = mapped_column(String(10))
    deadline: Mapped[str | None] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(30))
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(80))
    institution: Mapped[str] = mapped_column(String(120))
    period_start: Mapped[str | None] = mapped_column(String(10))
    period_end: Mapped[str | None] = mapped_column(String(10))
    amount_claimed: Mapped[int | None] = mapped_column(BigInteger)
    text: Mapped[str] = mapped_column(Text)
    match: Mapped[str] = mapped_column(String(12))
    packet_queue: Mapped[str | None] = mapped_column(String(20))
    joined_case: Mapped[str | None] = mapped_column(ForeignKey("case_file.case_id"))
    purged_at: Mapped[str] = mapped_column(String(32))

    __table_args__ = (
        Index("outside_lead_by_sender", "sender", "sender_number", unique=True),
        Index("outside_lead_by_joined", "joined_case"),
    )


def sent_values(lead: IncomingLead) -> dict[str, Any]:
    """What a sender wrote, by column."""
    values = {name: getattr(lead, name) for name in SENT}
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()
    }


def sent_hash(row: Any) -> str:
    """Hash of what a sender wrote, which the audit log keeps in its place.

    Args:
        row: with the columns of `SENT`.
    """
    values = [getattr(row, name) for name in SENT]
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()
