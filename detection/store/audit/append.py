"""Entries are appended inside the transaction that changes the state."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Connection, Table, insert, select

from detection.audit.entry import BEFORE_THE_FIRST, Entry, EntryDraft, entry_of
from detection.store.audit.table import AuditEntry

_TABLE = cast("Table", AuditEntry.__table__)


def append(connection: Connection, draft: EntryDraft) -> Entry:
    """Enter what is done in this transaction, after it is done.

    Args:
        connection: in a transaction that writes.
        draft: what is entered.
    """
    newest = select(_TABLE.c.number, _TABLE.c.hash).order_by(_TABLE.c.number.desc()).limit(1)
    last = connection.execute(newest).first()
    number, previous = (last.number + 1, last.hash) if last else (1, BEFORE_THE_FIRST)
    entry = entry_of(draft, number, previous)
    connection.execute(insert(_TABLE).values(entry._asdict()))
    return entry
