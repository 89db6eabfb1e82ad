"""Connections to the store: one that writes and migrates, many that only read.

The write-ahead log lets readers see the last committed run while the next one is written, and whatever a
killed writer left is not part of what they see.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, NullPool, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session

from detection.store.migrations import upgrade
from detection.store.schema import OLDER_REVISIONS, SCHEMA_REVISION
from features.errors import StoreError
from features.message import verbatim

_WAIT_SECONDS = 30  # for another writer to end; the commit of the largest run takes less


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


@contextmanager
def read_session(store: Path) -> Iterator[Session]:
    """A session that cannot write; all that it reads is one state of the store.

    Raises:
        StoreError: as `reading`.
    """
    engine = reading(store)
    try:
        with Session(engine, expire_on_commit=False) as session:
            yield session
    finally:
        engine.dispose()


def reading(store: Path) -> Engine:
    """An engine that cannot write; what one session reads is one state of the store.

    A store of an earlier version is brought up to date first.

    Raises:
        StoreError: there is no store, it cannot be read or brought up to date, or it is of another version.
    """
    if not store.exists():
        raise StoreError(
            "There is no alert store in this workspace yet.",
            where=store.name,
            next_step="start a run: fundwatch run --data DIR --workspace WS --area AREA",
        )
    address = f"file:{quote(str(store.absolute()))}?{_how(store)}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            address, uri=True, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
        )

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")  # one state of the store for all queries of a session

    revision = _revision(engine, store.name)
    if revision in OLDER_REVISIONS:
        bring_up_to_date(store)
    elif revision != SCHEMA_REVISION:
        raise StoreError(
            "The alert store has version {revision}; this version of fundwatch reads {known}.",
            where=store.name,
            next_step="use the version of fundwatch that wrote it, or a newer one",
            revision=revision,
            known=SCHEMA_REVISION,
        )
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


def bring_up_to_date(store: Path) -> Engine:
    """Migrate a store to this version's tables, or make one; all of it or nothing.

    Returns:
        The engine that may write.

    Raises:
        StoreError: the file is no store, of another version, or cannot be written.
    """
    engine = writing(store)
    try:
        with engine.begin() as connection:
            upgrade(connection)
    except Exception as error:
        raise refusal(error, store.name) from error
    return engine


def refusal(error: Exception, where: str) -> StoreError:
    """What the database refused, as an error that a person can act on."""
    cause = getattr(error, "orig", None) or error
    return StoreError(
        "The alert store could not be written; it is as it was before.",
        where=where,
        next_step="see that the folder is writable and has space, then run again",
        problems=[verbatim(type(cause).__name__)],
    )


def _revision(engine: Engine, name: str) -> str | None:
    try:
        with engine.connect() as connection:
            revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except (OperationalError, DatabaseError) as error:
        raise StoreError(
            "The alert store cannot be read.",
            where=name,
            next_step="restore the workspace from a backup",
            problems=[verbatim(str(error.orig))],
        ) from None
    return None if revision is None else str(revision)
