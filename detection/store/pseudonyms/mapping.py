"""The pseudonyms that the history names, mapped once from one key to the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from detection.audit.entry import EntryDraft
from detection.masking import mask, prefixes
from detection.store.audit.append import append
from detection.store.audit.table import AuditEntry
from detection.store.connection import bring_up_to_date, read_session
from detection.store.disclosure.tables import DisclosureRequest
from detection.store.engines.refusals import refusal
from detection.store.packets.keeping import keep_all
from detection.store.pseudonyms.tables import FormerPseudonym, KeyChange
from detection.store.queries.directory import Directory
from detection.store.queries.disclosure.identities import identity_of
from detection.store.queries.reader import Reader
from detection.store.schema import Reveal
from features.workspace import Workspace
from features.workspace.key import fingerprint

_PSEUDONYM = re.compile(r"[A-Z]-[A-Z2-7]{13}")
_OBJECTS = ("identity", "packet")
"""Kinds of objects of the audit log that are named by pseudonyms."""
_OPEN = ("waiting", "approved")


def mapped_to(space: Workspace, old: bytes, new: bytes) -> tuple[dict[str, str], int]:
    """What the pseudonyms of the history are under another key, and how many of them nobody can map.

    Raises:
        StoreError: the store cannot be read.
    """
    with read_session(space.store) as session:
        reader = Reader(session, Directory(session, old), space)
        known_ids = {name: _identity(reader, name) for name in _in_history(session)}
    known = {
        name: mask(new, identity, prefixes()[name[0]][0]) for name, identity in known_ids.items() if identity
    }
    return known, len(known_ids) - len(known)


def keep(space: Workspace, mapping: Mapping[str, str], change: EntryDraft, before: str, new: bytes) -> None:
    """Keep a mapping, with the entry of the change; once, however often it is called.

    Args:
        space: the workspace.
        mapping: from former pseudonyms to current ones.
        change: the entry.
        before: fingerprint of the former key.
        new: the new key.

    Raises:
        StoreError: the store cannot be written.
    """
    after = fingerprint(new)
    try:
        with bring_up_to_date(space.store).begin() as connection:
            known = select(KeyChange.fingerprint).where(KeyChange.fingerprint == after)
            if connection.scalar(known) is None:
                _write(connection, mapping)
                values = {"fingerprint": after, "before": before, "at": change.at, "mapped": len(mapping)}
                connection.execute(insert(KeyChange).values(values))
                append(connection, change)
                keep_all(connection, new)
    except SQLAlchemyError as error:
        raise refusal(error, space.store) from error


def _write(connection: Connection, mapping: Mapping[str, str]) -> None:
    table = FormerPseudonym
    for former, current in connection.execute(select(table.former, table.current)).all():
        if current in mapping:
            change = update(table).where(table.former == former)
            connection.execute(change.values(current=mapping[current]))
    for former, current in sorted(mapping.items()):
        connection.execute(insert(table).values(former=former, current=current))
        waiting = DisclosureRequest.subject == former, DisclosureRequest.state.in_(_OPEN)
        connection.execute(update(DisclosureRequest).where(*waiting).values(subject=current))


def _in_history(session: Session) -> list[str]:
    """Pseudonyms that reveals, requests and the audit log name, and what former ones are now."""
    named = {*session.scalars(select(Reveal.subject).where(Reveal.subject.is_not(None)).distinct())}
    named |= {*session.scalars(select(DisclosureRequest.subject).distinct())}
    named |= {*session.scalars(select(FormerPseudonym.current).distinct())}
    for kind in _OBJECTS:
        about = AuditEntry.object.startswith(f"{kind}:", autoescape=True)
        named |= {*_names(session.scalars(select(AuditEntry.object).where(about).distinct()))}
    former = {*session.scalars(select(FormerPseudonym.former))}
    return sorted(name for name in named - former if name and _PSEUDONYM.fullmatch(name))


def _names(objects: Iterable[str]) -> Iterator[str]:
    for each in objects:
        yield from _PSEUDONYM.findall(each)


def _identity(reader: Reader, pseudonym: str) -> str:
    """The id behind a pseudonym; empty where the store does not know it any more."""
    if pseudonym[0] not in prefixes():
        return ""
    if "provider" in prefixes()[pseudonym[0]]:
        return reader.directory.provider_id(pseudonym)
    if "group" in prefixes()[pseudonym[0]]:
        return next(iter(reader.directory.subject_ids(pseudonym)), "")
    return identity_of(reader, pseudonym) or ""
