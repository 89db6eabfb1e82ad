"""Connections to the store: one that writes and migrates, many that only read.

The write-ahead log lets readers see the last committed run while the next one is written, and whatever a
killed writer left is not part of what they see.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, NullPool, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError

from detection.store.schema import SCHEMA_REVISION
from features.errors import StoreError

_WAIT_SECONDS = 30  # for another writer to end; a commit of the largest run takes less


def writing(store: Path) -> Engine:
    """An engine that may write; it makes the file when there is none.

    Every transaction starts with ``BEGIN IMMEDIATE``: two writers wait for each other instead of failing
    half-way, and table changes are part of the transaction.
    """

    def connect() -> sqlite3.Connection:
        # Without the driver's own BEGIN, which would leave table changes outside the transaction.
        connection = sqlite3.connect(store, timeout=_WAIT_SECONDS, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def reading(store: Path) -> Engine:
    """An engine that cannot write; what one session reads is one state of the store.

    Raises:
        StoreError: there is no store, it cannot be read, or it is of another version.
    """
    if not store.exists():
        raise StoreError(
            "There is no alert store in this workspace yet.",
            where=store.name,
            next_step="start a run: fundwatch run --data DIR --workspace WS --area AREA",
        )
    address = f"file:{quote(str(store.absolute()))}?mode=ro"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            address, uri=True, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
        )

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")  # one state of the store for all queries of a session

    check_revision(engine, store.name)
    return engine


def check_revision(engine: Engine, name: str) -> None:
    """Refuse a store that this version of fundwatch does not know.

    Raises:
        StoreError: not a store, or of another version.
    """
    try:
        with engine.connect() as connection:
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except (OperationalError, DatabaseError) as error:
        raise StoreError(
            "The alert store cannot be read.",
            where=name,
            next_step="restore it from a backup, or move it away and run again",
            problems=[str(error.orig)],
        ) from None
    if found != SCHEMA_REVISION:
        raise StoreError(
            f"The alert store has version {found}; this version of fundwatch reads {SCHEMA_REVISION}.",
            where=name,
            next_step="run `fundwatch run` once with this version: it brings the store up to date",
        )
