"""Files of leads and cases, the newest first."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from detection.store.casework.tables import CaseDocument, CaseEvent
from detection.store.queries.reader import Reader


@dataclass(frozen=True)
class Document:
    """A file; ``size`` is bytes, ``purged_at`` empty while its bytes are there, ``about`` what was typed about it."""

    document_id: int
    name: str
    size: int
    sha256: str
    at: str
    actor: str
    purged_at: str
    about: str


def documents(reader: Reader, case_id: str) -> list[Document]:
    """The files of a lead or a case."""
    table, event = CaseDocument, CaseEvent
    query = (
        select(
            table.document_id,
            table.name,
            table.size,
            table.sha256,
            event.at,
            event.actor,
            table.purged_at,
            table.about,
        )
        .join(event, event.event_id == table.event_id)
        .where(table.case_id == case_id)
        .order_by(table.document_id.desc())
    )
    return [Document(*row) for row in reader.session.execute(query)]
