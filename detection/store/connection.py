"""Connections to the store, whichever database it is in: one that writes and migrates, many that only read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from detection.store.engines import postgresql, sqlite
from detection.store.engines.ownership import Content, content_of, take
from detection.store.engines.refusals import place_text, refusal, unreadable
from detection.store.migrations import revision_of, upgrade
from detection.store.migrations.revisions import OLDER_REVISIONS, SCHEMA_REVISION
from features.errors import StoreError
from features.workspace.place import Database, StoreLocation


def writing(store: StoreLocation) -> Engine:
    """An engine that may write: one transaction at a time, from its first statement to its end."""
    return postgresql.writing(store) if isinstance(store, Database) else sqlite.writing(store)


@contextmanager
def read_session(store: StoreLocation) -> Iterator[Session]:
    """A session that cannot write; all that it reads is one state of the store.

    Raises:
        StoreError: as `reading`.
    """
    engine = reading(store)
    try:
        with Session(engine, expire_on_commit=False) as session:
            yield session
    except DBAPIError as error:
        raise unreadable(error, store) from None


def has_store(store: StoreLocation) -> bool:
    """Whether there is a store, or was one.

    Raises:
        StoreError: the database cannot be reached.
    """
    if not isinstance(store, Database):
        return store.exists()
    return store.made or _content(store).tables


def reading(store: StoreLocation) -> Engine:
    """An engine that cannot write; what one session reads is one state of the store.

    A store of an earlier version is brought up to date first.

    Raises:
        StoreError: there is no store, it cannot be read or brought up to date, or it is of another version.
    """
    if not has_store(store):
        raise StoreError(
            "There is no alert store in this workspace yet.",
            where=place_text(store),
            next_step="start a run: fundwatch run --data DIR --workspace WS --area AREA",
        )
    engine = _reading(store)
    revision = _revision(engine, store)
    if revision in OLDER_REVISIONS:
        bring_up_to_date(store)
    elif revision != SCHEMA_REVISION:
        raise StoreError(
            "The alert store has version {revision}; this version of fundwatch reads {known}.",
            where=place_text(store),
            next_step="use the version of fundwatch that wrote it, or a newer one",
            revision=revision,
            known=SCHEMA_REVISION,
        )
    return engine


def bring_up_to_date(store: StoreLocation) -> Engine:
    """Migrate a store to this version's tables, or make one; all of it or nothing.

    Returns:
        The engine that may write.

    Raises:
        StoreError: the store is none, of another version or workspace, or cannot be written.
    """
    try:
        engine = writing(store)
        with engine.begin() as connection:
            _upgrade(connection, store)
    except Exception as error:
        raise refusal(error, store) from error
    return engine


def _upgrade(connection: Connection, store: StoreLocation) -> None:
    content = content_of(connection, store) if isinstance(store, Database) else None
    # Looked at first: whoever may write alerts need not have the right to change tables.
    if revision_of(connection) != SCHEMA_REVISION:
        upgrade(connection)
    if isinstance(store, Database) and content is not None and not content.workspace:
        take(connection, store)


def _reading(store: StoreLocation) -> Engine:
    return postgresql.reading(store) if isinstance(store, Database) else sqlite.reading(store)


def _content(database: Database) -> Content:
    try:
        with postgresql.reading(database).connect() as connection:
            return content_of(connection, database)
    except DBAPIError as error:
        raise unreadable(error, database) from None


def _revision(engine: Engine, store: StoreLocation) -> str | None:
    try:
        with engine.connect() as connection:
            if isinstance(store, Database):
                content_of(connection, store)
            revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except DBAPIError as error:
        raise unreadable(error, store) from None
    return None if revision is None else str(revision)
