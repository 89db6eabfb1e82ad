"""A page of the log, newest first, with filters; what is listed and how much is counted by the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from sqlalchemy import ColumnElement, Table, func, select

from detection.audit.entry import Entry
from detection.store.audit.table import AuditEntry
from detection.store.queries.audit.reading import COLUMNS
from detection.store.queries.reader import Reader

_TABLE = cast("Table", AuditEntry.__table__)
_AFTER_EVERY_TIME = "~"


@dataclass(frozen=True)
class LogFilters:
    """Which entries; an empty text filters nothing.

    Attributes:
        first: ISO day from which on.
        last: ISO day until which, with it.
        actor: who acted.
        action: what was done.
        object: whole name (``alert:A-…``), its kind alone (``alert``), or a kind and how its numbers begin
            (``case:L-``).
    """

    first: str = ""
    last: str = ""
    actor: str = ""
    action: str = ""
    object: str = ""


ALL_ENTRIES = LogFilters()


def count(reader: Reader, filters: LogFilters = ALL_ENTRIES) -> int:
    """How many entries there are."""
    query = select(func.count()).select_from(_TABLE).where(*_conditions(filters))
    return reader.session.scalar(query) or 0


def page(reader: Reader, filters: LogFilters = ALL_ENTRIES, *, page: int = 1, size: int = 25) -> list[Entry]:
    """One page of entries, newest first; page 1 is the first."""
    query = select(*COLUMNS).where(*_conditions(filters)).order_by(_TABLE.c.number.desc())
    rows = reader.session.execute(query.offset((page - 1) * size).limit(size))
    return [Entry._make(row) for row in rows]


def actors(reader: Reader) -> list[str]:
    """All that acted."""
    return list(reader.session.scalars(select(_TABLE.c.actor).distinct().order_by(_TABLE.c.actor)))


def actions(reader: Reader) -> list[str]:
    """All that was done."""
    return list(reader.session.scalars(select(_TABLE.c.action).distinct().order_by(_TABLE.c.action)))


def _conditions(filters: LogFilters) -> list[ColumnElement[bool]]:
    column = _TABLE.c
    conditions: list[ColumnElement[bool]] = []
    if filters.first:
        conditions.append(column.at >= filters.first)
    if filters.last:
        conditions.append(column.at < f"{filters.last}{_AFTER_EVERY_TIME}")
    if filters.actor:
        conditions.append(column.actor == filters.actor)
    if filters.action:
        conditions.append(column.action == filters.action)
    if filters.object:
        beginning = filters.object.endswith("-")
        kind_alone = ":" not in filters.object and filters.object != "workspace"
        first = filters.object if beginning else f"{filters.object}:"
        # A range and not a pattern: it uses the index in both databases.
        within = (column.object >= first) & (column.object < f"{first}{_AFTER_EVERY_TIME}")
        conditions.append(within if kind_alone or beginning else column.object == filters.object)
    return conditions
