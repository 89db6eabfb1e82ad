"""The audit log from its first entry on, in bounded memory, and what protects it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import partial
from typing import cast

from sqlalchemy import Table, select

from detection.audit.entry import Entry
from detection.store.audit.protection import unprotected
from detection.store.audit.table import AuditEntry
from detection.store.queries.reader import Reader

_TABLE = cast("Table", AuditEntry.__table__)
_AT_ONCE = 2_000
COLUMNS = [_TABLE.c[name] for name in Entry._fields]


def entries(reader: Reader, after: int = 0) -> Iterator[Entry]:
    """Entries by number.

    Args:
        reader: of the store.
        after: the number after which to begin.
    """
    connection = reader.session.connection()
    raw = connection.connection.driver_connection
    if isinstance(raw, sqlite3.Connection):
        # Bytes that are no text are content that was altered, and not the end of the verification.
        raw.text_factory = partial(str, encoding="utf-8", errors="replace")
    query = select(*COLUMNS).where(_TABLE.c.number > after).order_by(_TABLE.c.number)
    for part in connection.execution_options(yield_per=_AT_ONCE).execute(query).partitions():
        yield from map(Entry._make, part)


def head(reader: Reader) -> Entry | None:
    """The newest entry; None where the log is empty."""
    row = reader.session.execute(select(*COLUMNS).order_by(_TABLE.c.number.desc()).limit(1)).first()
    return Entry._make(row) if row else None


def missing_protection(reader: Reader) -> list[str]:
    """Triggers of the log that are missing, changed or switched off."""
    return unprotected(reader.session.connection())
