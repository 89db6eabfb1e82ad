"""The store of a team: a PostgreSQL database, of the locale C, so that it sorts and compares as SQLite does.

What differs from SQLite is here and in `detection.store.engines.sql`: how one connects, how one writer waits for
another, that lengths of texts are not checked, and that a sum of whole numbers is a whole number.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.dialects.postgresql.base import PGTypeCompiler

from detection.store.engines.server import connect, mind_breaks
from features.workspace.place import Database

_WRITERS = 7_306_811  # of all advisory locks of a database, that of those who write alerts


def writing(database: Database) -> Engine:
    """An engine that may write.

    Every transaction starts with the lock of the writers, which its end frees: two writers wait for each other, and
    what the second one reads is what the first one left.
    """
    return _engine(_address(database), f"SELECT pg_advisory_xact_lock({_WRITERS})")


def reading(database: Database) -> Engine:
    """An engine that cannot write; what one transaction reads is one state of the store."""
    return _engine(_address(database), "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _address(database: Database) -> Database:
    """The address alone: workspaces share no database, but engines are kept by it."""
    return replace(database, workspace="", made=False)


@lru_cache(maxsize=8)
def _engine(database: Database, first_statement: str) -> Engine:
    """Engines are kept with their connections: to sign in at the server takes longer than most queries."""
    engine = create_engine(
        "postgresql+pg8000://",  # the address is not repeated here, so that no message can hold the password
        creator=lambda: connect(database),
        hide_parameters=True,
    )
    engine.dialect.type_compiler_instance = _Types(engine.dialect)
    engine.dialect.use_insertmanyvalues_wo_returning = True  # a thousand rows at once instead of one

    mind_breaks(engine)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(first_statement)

    return engine


class _Types(PGTypeCompiler):
    """Texts of any length, as in SQLite: an id of an export may be longer than anybody thought."""

    def _render_string_type(self, *_: object, **__: object) -> str:
        return "TEXT"
