"""Files of leads and cases: kept in the store by the hash of their bytes, so that they are saved and moved with it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.orm import Session

from detection.accounts.rights import Right, Role, may
from detection.cases.files import checked_name
from detection.cases.life_cycle import ended_states, life_cycle
from detection.cases.moves import Act, Actor, after
from detection.store.casework import events
from detection.store.casework.acting import ActWriter
from detection.store.casework.tables import CaseDocument, CaseEvent, CaseFile, DocumentContent
from features.errors import StoreError, UsageError

_DAY = 10
_HASH_SHOWN = 12
"""Hexadecimal digits of a hash that lists show."""


@dataclass(frozen=True)
class NewFile:
    """A file that is to be kept, and what it is."""

    name: str
    content: bytes
    about: str = ""


@dataclass(frozen=True)
class Filed:
    """What an act left: number and hash of the file, and the event that was appended."""

    document_id: int
    sha256: str
    event_id: int


class DocumentWriter(ActWriter):
    """Files of cases of a workspace, open for writing."""

    def add(self, case_id: str, file: NewFile, actor: Actor, at: str, seen: int | None = None) -> Filed:
        """Keep a file.

        Raises:
            MoveRefusedError: the actor may not.
            UsageError: the file may not be kept, there is no such case, or another act came between.
        """
        with self.acting("add_file", f"case:{case_id}", actor, at) as entering:
            connection = entering.connection
            case = events.stored(connection, case_id, seen)
            name = checked_name(file.name, file.content)
            sha256 = hashlib.sha256(file.content).hexdigest()
            reason = (
                f"SHA-256 {sha256[:_HASH_SHOWN]}"  # names and descriptions would stay in the log for good
            )
            act = Act("add_file", dt.date.fromisoformat(at[:_DAY]), reason=reason, enclosed=True)
            state = after(life_cycle(case.kind), case.standing, actor, act)
            changed = events.append(connection, case, actor, act, at, state)
            _keep(connection, sha256, file.content)
            stored = connection.execute(
                insert(CaseDocument).values(
                    case_id=case_id,
                    event_id=changed.event_id,
                    name=name,
                    size=len(file.content),
                    sha256=sha256,
                    purged_at="",
                    about=file.about.strip(),
                )
            )
            [document_id] = stored.inserted_primary_key or (0,)
            entering.of_case(case_id, reason=reason).enter(
                before={"state": state},
                after={
                    "state": state,
                    "event": changed.event_id,
                    "file": int(document_id),
                    "sha256": sha256,
                    "size": len(file.content),
                },
            )
            return Filed(int(document_id), sha256, changed.event_id)

    def read(self, document_id: int, actor: Actor, at: str) -> tuple[str, bytes]:
        """Name and bytes of a file, once it is entered in the audit log who took it.

        Raises:
            UsageError: there is none, its bytes were removed, or the actor may not.
            StoreError: it is damaged.
        """
        with self.acting("download_file", f"file:{document_id}", actor, at) as entering:
            connection, table = entering.connection, CaseDocument
            row = connection.execute(
                select(table.case_id, table.name, table.sha256, table.purged_at).where(
                    table.document_id == document_id
                )
            ).first()
            if row is None:
                raise UsageError(
                    "There is no file {number}.",
                    next_step="list them: fundwatch case files",
                    number=document_id,
                )
            if row.purged_at:
                raise UsageError(
                    "File {number} was removed by a rule of retention.",
                    next_step="see the audit log",
                    number=document_id,
                )
            case = events.stored(connection, row.case_id, None)
            if not may(Role(actor.role), Right.read_case_files) or actor.name in case.standing.recused:
                raise UsageError(
                    "You may not read files of {case_id}.",
                    next_step="ask a person of the case",
                    case_id=row.case_id,
                )
            content = _content(connection, row.sha256)
            if content is None or hashlib.sha256(content).hexdigest() != row.sha256:
                raise StoreError(
                    "File {number} of {case_id} is missing or was changed.",
                    next_step="restore it from a backup: fundwatch restore",
                    number=document_id,
                    case_id=row.case_id,
                )
            entering.of_case(row.case_id).enter(after={"downloaded": document_id, "sha256": row.sha256})
            return row.name, content


def damaged(session: Session) -> Iterator[tuple[int, str]]:
    """Number and case of each file whose bytes are not those that were kept."""
    table = CaseDocument
    query = select(table.document_id, table.case_id, table.sha256, table.size)
    for row in session.execute(query.where(table.purged_at == "").order_by(table.document_id)).all():
        content = _content(session.connection(), row.sha256)
        if content is None or len(content) != row.size or hashlib.sha256(content).hexdigest() != row.sha256:
            yield row.document_id, row.case_id


def of_ended_cases(connection: Connection, before: str) -> list[int]:
    """Numbers of the files of leads and cases that have ended, and to which nothing was done since a day."""
    table, later = CaseDocument, select(CaseEvent.case_id).where(CaseEvent.at >= before)
    query = (
        select(table.document_id)
        .join(CaseFile, CaseFile.case_id == table.case_id)
        .where(table.purged_at == "", CaseFile.state.in_(ended_states()), table.case_id.not_in(later))
        .order_by(table.document_id)
    )
    return list(connection.scalars(query))


def remove(connection: Connection, document_ids: list[int], at: str) -> None:
    """Delete the bytes of files, but for those that another file has too, and what was typed; size and hash stay."""
    table = CaseDocument
    change = update(table).where(table.document_id.in_(document_ids))
    connection.execute(change.values(purged_at=at, name="", about=""))
    kept = select(table.sha256).where(table.purged_at == "")
    connection.execute(delete(DocumentContent).where(DocumentContent.sha256.not_in(kept)))


def _keep(connection: Connection, sha256: str, content: bytes) -> None:
    table = DocumentContent
    if connection.scalar(select(table.sha256).where(table.sha256 == sha256)) is None:
        connection.execute(insert(table).values(sha256=sha256, content=content))


def _content(connection: Connection, sha256: str) -> bytes | None:
    return connection.scalar(select(DocumentContent.content).where(DocumentContent.sha256 == sha256))
