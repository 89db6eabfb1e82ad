"""Connections to a PostgreSQL server, and what becomes of one that breaks."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import pg8000.dbapi
from pg8000 import core
from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError, InterfaceError

from features.workspace.place import Database

WAIT_SECONDS = 30  # for another writer to end
_CONNECT_SECONDS = 10
_NUMERIC = 1700  # PostgreSQL's number of the type
_SETTINGS = {
    "search_path": "public",
    "lock_timeout": f"{WAIT_SECONDS}s",
    "idle_in_transaction_session_timeout": "15min",
}


def connect(database: Database) -> pg8000.dbapi.Connection:
    """A connection of the driver.

    Raises:
        pg8000.dbapi.Error: the server cannot be reached, or does not let the user in.
    """
    try:
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
    except (OSError, pg8000.dbapi.Error) as error:
        raise _statement_of_server(error) from None
    # Sums of whole numbers, which the server counts without bound; no column is of this type.
    connection.register_in_adapter(_NUMERIC, int)
    connection.close = partial(_close, connection.close)
    connection.execute_unnamed = partial(_execute_at_once, connection, connection.execute_unnamed)
    return connection


def mind_breaks(engine: Engine) -> None:
    """Let an engine open a connection anew that broke while nobody used it, and report one that breaks in use.

    SQLAlchemy knows the driver's own errors alone, and the driver lets some of the socket through.
    """

    @event.listens_for(engine, "checkout")
    def _ask(connection: Any, *_: object) -> None:
        try:
            connection.rollback()
            connection.cursor().execute("SELECT 1")
            connection.rollback()
        except (OSError, pg8000.dbapi.Error) as error:
            raise DisconnectionError from error

    @event.listens_for(engine, "handle_error")
    def _report(context: Any) -> None:
        if isinstance(context.original_exception, OSError):
            broken = pg8000.dbapi.InterfaceError("network error")
            raise InterfaceError(context.statement, None, broken) from None


def _execute_at_once(
    connection: Any,
    one_after_another: Any,
    statement: str,
    vals: Sequence[Any] = (),
    oids: Sequence[int] = (),
    stream: Any = None,
) -> Any:
    """Run a statement in one trip to the server.

    The driver makes three, to parse, bind and execute. A writer holds the lock meanwhile, and each trip waits for a
    processor: on busy cores that is most of the time for which all others wait. Rows of a stream keep the driver's own
    way.
    """
    if stream is not None:
        return one_after_another(statement, vals=vals, oids=oids, stream=stream)
    context, params = core.Context(statement), core.make_params(connection.py_types, vals)
    connection.send_PARSE(core.NULL_BYTE, statement, oids)
    connection.send_DESCRIBE_STATEMENT(core.NULL_BYTE)
    connection.send_BIND(core.NULL_BYTE, params)
    connection.send_EXECUTE()
    connection._sock.write(core.SYNC_MSG)
    connection._sock.flush()
    connection.handle_messages(context)
    return context


def _open_socket(database: Database) -> socket.socket:
    """A connected socket: the driver's own limit would also end what takes long, such as the commit of a run."""
    opened = socket.create_connection((database.host, database.port), _CONNECT_SECONDS)
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


def _statement_of_server(error: BaseException) -> BaseException:
    """What the server said before it closed the connection, which the driver reports in the first place."""
    first: BaseException | None = error
    while first is not None and not isinstance(first, pg8000.dbapi.DatabaseError):
        first = first.__context__
    unreached: BaseException = pg8000.dbapi.InterfaceError("no connection")
    return first or unreached


def _close(close: Any) -> None:
    """Close a connection; a server that is gone needs no farewell."""
    with suppress(OSError, pg8000.dbapi.InterfaceError):
        close()
