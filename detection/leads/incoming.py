"""An outside lead as its sender wrote it, read and checked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class IncomingLead:
    """One row of a file of outside leads.

    Attributes:
        row: number of its row in the file; 1 is the first line.
        sender, sender_number: who sent it, under which number.
        received_on: day of its receipt.
        deadline: the sender's; None where it gave none.
        kind: one of `row.LEAD_KINDS`.
        subject_kind: one of `row.SUBJECT_KINDS`; empty where it names nobody.
        subject_id: as the core system has it; empty where it names nobody by id.
        institution: name as the sender writes it.
        period_start, period_end: what it is about; None where unknown.
        amount_claimed: fen; None where the sender names none.
        text: what the sender says.
    """

    row: int
    sender: str
    sender_number: str
    received_on: dt.date
    deadline: dt.date | None
    kind: str
    subject_kind: str
    subject_id: str
    institution: str
    period_start: dt.date | None
    period_end: dt.date | None
    amount_claimed: int | None
    text: str
