"""The store of one desk: a SQLite file.

The write-ahead log lets readers see the last committed run while the next one is written, and whatever a
killed writer left is not part of what they see.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, NullPool, create_engine, event

WAIT_SECONDS = 30  # for another writer to end; the commit of the largest run takes less


def writing(store: Path) -> Engine:
    """An engine that may write; it makes the file when there is none.

    Every transaction starts with ``BEGIN IMMEDIATE``: two writers wait for each other instead of failing
    half-way, and table changes are part of the transaction.
    """

    def connect() -> sqlite3.Connection:
        # Without the driver's own BEGIN, which would leave table changes outside the transaction.
        connection = sqlite3.connect(store, timeout=WAIT_SECONDS, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def reading(store: Path) -> Engine:
    """An engine that cannot write; what one transaction reads is one state of the store."""
    address = f"file:{quote(str(store.absolute()))}?{_how(store)}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            address, uri=True, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False
        )

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def _how(store: Path) -> str:
    """How SQLite opens a store that is only read.

    It keeps an index of the write-ahead log next to the store. Where nobody may write there, and no log is left, the
    file is all that there is, and does not change.
    """
    log = store.with_name(f"{store.name}-wal")
    closed = not log.exists() or log.stat().st_size == 0
    return "immutable=1" if closed and not _may_write(store.parent) else "mode=ro"


def _may_write(folder: Path) -> bool:
    effective = os.access in os.supports_effective_ids
    return os.access(folder, os.W_OK, effective_ids=effective)
