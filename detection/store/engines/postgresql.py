"""The store of a team: a PostgreSQL database, of the locale C, so that it sorts and compares as SQLite does.

What differs from SQLite is here and in `detection.store.engines.sql`: how one connects, how one writer waits for
another, that lengths of texts are not checked, and that a sum of whole numbers is a whole number.
"""

from __future__ import annotations

import socket
import ssl
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pg8000.dbapi
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.dialects.postgresql.base import PGTypeCompiler

from features.workspace.place import Database

_CONNECT_SECONDS = 10
_WAIT_SECONDS = 30  # for another writer to end
_WRITERS = 7_306_811  # of all advisory locks of a database, that of those who write alerts
_NUMERIC = 1700  # PostgreSQL's number of the type
_SETTINGS = {
    "search_path": "public",
    "lock_timeout": f"{_WAIT_SECONDS}s",
    "idle_in_transaction_session_timeout": "15min",
}


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
        pool_pre_ping=True,
        hide_parameters=True,
    )
    engine.dialect.type_compiler_instance = _Types(engine.dialect)
    engine.dialect.use_insertmanyvalues_wo_returning = True  # a thousand rows at once instead of one

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(first_statement)

    return engine


class _Types(PGTypeCompiler):
    """Texts of any length, as in SQLite: an id of an export may be longer than anybody thought."""

    def _render_string_type(self, *_: object, **__: object) -> str:
        return "TEXT"


def connect(database: Database) -> pg8000.dbapi.Connection:
    """A connection of the driver.

    Raises:
        pg8000.dbapi.Error: the server cannot be reached, or does not let the user in.
    """
    connection = pg8000.dbapi.connect(
        database.user,
        host=None if database.socket else database.host,
        unix_sock=f"{database.host}/.s.PGSQL.{database.port}" if database.socket else None,
        sock=None if database.socket else _open_socket(database),
        database=database.name,
        password=database.password,
        ssl_context=_encryption(database),
        application_name="fundwatch",
        startup_params=_SETTINGS,
    )
    # Sums of whole numbers, which the server counts without bound; no column is of this type.
    connection.register_in_adapter(_NUMERIC, int)
    return connection


def _open_socket(database: Database) -> socket.socket:
    """A connected socket: the driver's own limit would also end what takes long, such as the commit of a run."""
    try:
        opened = socket.create_connection((database.host, database.port), _CONNECT_SECONDS)
    except OSError as error:
        raise pg8000.dbapi.InterfaceError("no connection") from error
    opened.settimeout(None)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    return opened


def _encryption(database: Database) -> ssl.SSLContext | bool:
    if database.encryption == "disable":
        return False
    context = ssl.create_default_context(cafile=database.authorities)
    if database.encryption == "require":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
