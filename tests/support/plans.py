"""How a database answers the queries of a page: which tables it reads from end to end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event

from detection.store.queries import Reader
from detection.store.schema import Base

_TABLES = "|".join(sorted(Base.metadata.tables, key=len, reverse=True))
_SQLITE = re.compile(rf"^SCAN ({_TABLES})(?:_\d+)?(?: AS \w+)?(?! USING)$")
_POSTGRESQL = re.compile(rf"Seq Scan on ({_TABLES})\b")


@dataclass(frozen=True)
class Query:
    """A query with its parameters, as the database got it."""

    statement: str
    parameters: Any


@contextmanager
def listening(reader: Reader) -> Iterator[list[Query]]:
    """All queries that are made inside."""
    connection, queries = reader.session.connection(), list[Query]()

    def note(*given: Any) -> None:
        queries.append(Query(given[2], given[3]))

    event.listen(connection, "before_cursor_execute", note)
    try:
        yield queries
    finally:
        event.remove(connection, "before_cursor_execute", note)


def plan(reader: Reader, query: Query) -> list[str]:
    """The steps of the database's plan.

    PostgreSQL reads most of a table faster from end to end, and a small one always: whether an index serves the query
    is seen where it avoids that.
    """
    connection = reader.session.connection()
    sqlite = connection.dialect.name == "sqlite"
    if not sqlite:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    words = "EXPLAIN QUERY PLAN" if sqlite else "EXPLAIN"
    rows = connection.exec_driver_sql(f"{words} {query.statement}", query.parameters).all()
    return [str(row[3] if sqlite else row[0]).strip() for row in rows]


def read_whole(steps: list[str]) -> list[str]:
    """Tables that a plan reads from end to end without an index."""
    return [match[1] for step in steps for match in (_SQLITE.search(step), _POSTGRESQL.search(step)) if match]
