"""Which workspace a database belongs to: its id is the comment on one of the tables, so that a dump has it too."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, MetaData, Table, text
from sqlalchemy.schema import SetTableComment

from features.errors import StoreError
from features.workspace.place import Database

_TABLE = "state"
_WORDS = "alerts of the workspace "
_STATE = text(
    "SELECT getdatabaseencoding() = 'UTF8' AND 'B' < 'a' AND lower('É') = 'É', "
    "to_regclass('alembic_version') IS NOT NULL, obj_description(to_regclass(:owned), 'pg_class')"
)


@dataclass(frozen=True)
class Content:
    """What a database holds.

    Attributes:
        tables: whether there are tables of a store.
        workspace: id of the workspace that they belong to; empty for none.
    """

    tables: bool
    workspace: str


def content_of(connection: Connection, database: Database) -> Content:
    """What the database holds.

    Raises:
        StoreError: it sorts texts in another way than the store needs, belongs to another workspace, or has lost the
            tables of this one.
    """
    fits, tables, comment = connection.execute(_STATE, {"owned": _TABLE}).one()
    if not fits:
        raise StoreError(
            "The database of the alerts has another encoding or locale than UTF8 and C.",
            where=str(database),
            next_step="make one: createdb --template=template0 --encoding=UTF8 --locale=C NAME",
        )
    owner = str(comment or "").removeprefix(_WORDS)
    if tables and owner and owner != database.workspace:
        raise StoreError(
            "The database holds the alerts of another workspace.",
            where=str(database),
            next_step="name the workspace that it belongs to, or give this one a database of its own",
        )
    if database.made and not tables:
        raise StoreError(
            "The database has lost the alerts of this workspace.",
            where=str(database),
            next_step="see that it is the right database; restore it from a backup with pg_restore",
        )
    return Content(bool(tables), owner)


def take(connection: Connection, database: Database) -> None:
    """Make the database that of its workspace."""
    connection.execute(SetTableComment(Table(_TABLE, MetaData(), comment=_WORDS + database.workspace)))
