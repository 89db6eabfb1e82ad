"""What a database refused, as errors that a person can act on. None repeats a value, an address or a password."""

from __future__ import annotations

import pg8000.dbapi
from sqlalchemy.exc import DBAPIError

from features.errors import StoreError
from features.message import verbatim
from features.workspace.place import Database, StoreLocation

_WRONG_PASSWORD = ("28P01", "28000")
_NO_DATABASE, _NO_RIGHT, _LOCKED, _READ_ONLY = "3D000", "42501", "55P03", "25006"


def refusal(error: Exception, store: StoreLocation) -> StoreError:
    """The error that stands for what a store did not let a writer do."""
    if isinstance(error, StoreError):
        return error
    known = _of_server(error, store) if isinstance(store, Database) else None
    return known or StoreError(
        "The alert store could not be written; it is as it was before.",
        where=place_text(store),
        next_step="see that the folder is writable and has space, then run again"
        if not isinstance(store, Database)
        else "see the log of the database server, then run again",
        problems=[verbatim(_kind(error))],
    )


def unreadable(error: DBAPIError, store: StoreLocation) -> StoreError:
    """The error that stands for what a store did not let a reader see."""
    known = _of_server(error, store) if isinstance(store, Database) else None
    return known or StoreError(
        "The alert store cannot be read.",
        where=place_text(store),
        next_step="restore the workspace from a backup",
        problems=[verbatim(_kind(error) if isinstance(store, Database) else str(error.orig))],
    )


def place_text(store: StoreLocation) -> str:
    """Where a store is, for a message."""
    return str(store) if isinstance(store, Database) else store.name


def _of_server(error: Exception, database: Database) -> StoreError | None:
    """The errors of a server that a person can do something about."""
    code, where = _code(error), str(database)
    if code in _WRONG_PASSWORD:
        return StoreError(
            "The database server does not accept the user {user} or the password.",
            where=where,
            next_step="correct the address in FUNDWATCH_DATABASE_URL",
            user=database.user,
        )
    if code == _NO_DATABASE:
        return StoreError(
            "There is no database {name} on this server.",
            where=where,
            next_step="make one: createdb --template=template0 --encoding=UTF8 --locale=C NAME",
            name=database.name,
        )
    if code in (_NO_RIGHT, _READ_ONLY):
        return StoreError(
            "The user {user} of the database may not do this.",
            where=where,
            next_step="use the address of a user who may write, or grant it (docs/database.md)",
            user=database.user,
        )
    if code == _LOCKED:
        return StoreError(
            "Somebody else is writing to the alert store; nothing was changed.",
            where=where,
            next_step="try again in a minute",
        )
    if isinstance(_cause(error), pg8000.dbapi.InterfaceError | OSError):
        return StoreError(
            "The database server of the alerts cannot be reached.",
            where=where,
            next_step="see that it runs and that this machine may connect; it must offer TLS, unless the address says "
            "sslmode=disable",
        )
    return None


def _cause(error: Exception) -> BaseException:
    return getattr(error, "orig", None) or error


def _code(error: Exception) -> str:
    """PostgreSQL's code of an error (SQLSTATE); empty where there is none."""
    details = next(iter(_cause(error).args), None)
    return str(details.get("C", "")) if isinstance(details, dict) else ""


def _kind(error: Exception) -> str:
    return " ".join(filter(None, (type(_cause(error)).__name__, _code(error))))
