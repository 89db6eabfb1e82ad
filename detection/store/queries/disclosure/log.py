"""What was shown unmasked, and what was taken away: the last entries first."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from detection.store.audit.table import AuditEntry
from detection.store.queries.reader import Reader
from detection.store.schema import Export, Reveal


@dataclass(frozen=True)
class RevealEntry:
    """Ids that somebody saw; ``subject``: pseudonym of a single one; ``until``: the end of its time on a screen."""

    at: str
    actor: str
    what: str
    subject: str
    rows: int
    reason: str
    until: str


@dataclass(frozen=True)
class ExportEntry:
    """A file that somebody took away: the list or document, the part of it, and its rows."""

    at: str
    actor: str
    what: str
    detail: str
    file_format: str
    rows: int


def last_reveals(reader: Reader, most: int) -> list[RevealEntry]:
    """The last identities and lists that were shown unmasked."""
    query = select(Reveal).order_by(Reveal.reveal_id.desc()).limit(most)
    return [
        RevealEntry(row.at, row.actor, row.what, row.subject or "", row.rows, row.reason, row.until or "")
        for row in reader.session.scalars(query)
    ]


def last_exports(reader: Reader, most: int) -> list[ExportEntry]:
    """The last files that were taken away."""
    query = select(Export).order_by(Export.export_id.desc()).limit(most)
    return [
        ExportEntry(row.at, row.actor, row.what, row.detail, row.file_format, row.rows)
        for row in reader.session.scalars(query)
    ]


def pack_was_exported(reader: Reader, digest: str) -> bool:
    """Whether an evidence pack with this hash was given out, as the audit log has it."""
    table = AuditEntry
    query = (
        select(table.number)
        .where(table.object == "list:pack", table.after.contains(f'"{digest}"', autoescape=True))
        .limit(1)
    )
    return reader.session.scalar(query) is not None
