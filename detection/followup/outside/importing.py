"""Import a file of outside leads: looked at first, then all of it or nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from detection.audit.entry import EntryDraft
from detection.cases.life_cycle import life_cycle
from detection.cases.moves import Actor
from detection.cases.working_days import calendar
from detection.followup.audit.anchoring import anchored
from detection.followup.audit.entering import logged
from detection.followup.outside.rights import require
from detection.leads.incoming import IncomingLead
from detection.leads.match import Match
from detection.leads.reading import read_leads
from detection.store.leads.known import known_numbers
from detection.store.leads.writer import IMPORT, LeadWriter
from detection.store.queries.leads.matching import Named, match_leads
from detection.store.queries.reader import Reader, open_store
from features.errors import UsageError
from features.workspace import open_workspace
from features.workspace.place import Where

_CLOCK = "lead_check"
_DAY = 10
_SHOWN_HASH = 12


@dataclass(frozen=True)
class PreviewLine:
    """A lead as it would be imported, masked.

    Attributes:
        row: number of its row in the file.
        subject: an institution by name, anything else by pseudonym; empty for nobody.
        match: one of `detection.leads.match.MATCHES`.
        proposed: names of institutions that are near.
        due: the sender's deadline, or the end of the clock of leads.
        own_deadline: whether the sender set it.
    """

    row: int
    sender: str
    sender_number: str
    kind: str
    subject_kind: str
    subject: str
    match: str
    proposed: tuple[str, ...]
    due: dt.date
    own_deadline: bool


@dataclass(frozen=True)
class Preview:
    """What an import would do.

    Attributes:
        lines: the leads that would be imported.
        known: rows whose number the sender sent before; they are left out.
        file_hash: of the file, so that what is imported is what was looked at.
    """

    lines: tuple[PreviewLine, ...]
    known: tuple[int, ...]
    file_hash: str


@dataclass(frozen=True)
class Imported:
    """What an import did: the numbers of the leads, and what it would have shown before."""

    numbers: tuple[str, ...]
    preview: Preview


def preview(workspace: Where, content: bytes, name: str, *, sender: str, actor: Actor, at: str) -> Preview:
    """Look at a file without importing it.

    Args:
        workspace: where the leads would go.
        content: of a CSV file or a workbook.
        name: of the file, for errors; it is not stored.
        sender: of the whole file; empty where the file names it.
        actor: who asks; their role must have the right to import.
        at: ISO time.

    Raises:
        NotAllowedError: the role may not import, or the actor is limited to districts.
        InputError: with every problem of the file, by row and column.
        StoreError: the store cannot be read.
    """
    space = open_workspace(workspace)
    with logged(space, _request(actor, at)):
        require(actor)
        with open_store(space) as reader:
            return _looked_at(reader, content, name, sender, at)[1]


def import_leads(
    workspace: Where,
    content: bytes,
    name: str,
    *,
    sender: str,
    actor: Actor,
    at: str,
    seen: str = "",
) -> Imported:
    """Import a file: every lead that the sender did not send before, all of them or none.

    Args:
        workspace: where the leads go.
        content: of a CSV file or a workbook.
        name: of the file, for errors; it is not stored.
        sender: of the whole file; empty where the file names it.
        actor: who imports; their role must have the right to.
        at: ISO time.
        seen: hash of the file that was looked at; another file is refused.

    Raises:
        NotAllowedError: the role may not import, or the actor is limited to districts.
        InputError: with every problem of the file; nothing was imported.
        UsageError: it is another file than the one that was looked at, or the life cycle refuses the role.
        StoreError: the store cannot be written.
    """
    space = open_workspace(workspace)
    with logged(space, _request(actor, at)):
        require(actor)
        with open_store(space) as reader:
            new, shown = _looked_at(reader, content, name, sender, at)
        if seen and seen != shown.file_hash:
            raise UsageError(
                "This is another file than the one that was shown.", next_step="look at it first"
            )
    if not new:
        return Imported((), shown)
    names = sorted({lead.sender for lead, _ in new})
    reason = f"{'; '.join(names)} · {shown.file_hash[:_SHOWN_HASH]}"
    with anchored(space):
        numbers = LeadWriter(space).import_leads(new, actor, at, reason=reason, digest=shown.file_hash)
    return Imported(numbers, shown)


def _looked_at(
    reader: Reader, content: bytes, name: str, sender: str, at: str
) -> tuple[Sequence[tuple[IncomingLead, Match]], Preview]:
    leads = read_leads(content, name, sender=sender, today=dt.date.fromisoformat(at[:_DAY]))
    sent = [(lead.sender, lead.sender_number) for lead in leads]
    known = known_numbers(reader.session.connection(), sent)
    new = [lead for lead in leads if (lead.sender, lead.sender_number) not in known]
    matches = match_leads(
        reader, [Named(lead.subject_kind, lead.subject_id, lead.institution) for lead in new]
    )
    matched = [*zip(new, matches, strict=True)]
    lines = tuple(_line(reader, lead, match) for lead, match in matched)
    left_out = tuple(lead.row for lead in leads if (lead.sender, lead.sender_number) in known)
    return matched, Preview(lines, left_out, hashlib.sha256(content).hexdigest())


def _line(reader: Reader, lead: IncomingLead, match: Match) -> PreviewLine:
    days = life_cycle("lead").clock[_CLOCK].days
    return PreviewLine(
        row=lead.row,
        sender=lead.sender,
        sender_number=lead.sender_number,
        kind=lead.kind,
        subject_kind=match.kind,
        subject=reader.name(match.kind, match.subject),
        match=match.code,
        proposed=tuple(reader.name("provider", each) for each in match.near),
        due=lead.deadline or calendar().due(lead.received_on, days).day,
        own_deadline=lead.deadline is not None,
    )


def _request(actor: Actor, at: str) -> EntryDraft:
    return EntryDraft(at, actor.name, IMPORT, "list:leads", actor.role)
