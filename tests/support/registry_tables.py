"""The tables that MLflow makes for a new registry."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from models.registry.client import open_client
from models.registry.tables import heading

_TABLE, _INDEX, _ROW, _EXPERIMENT = (
    "CREATE TABLE",
    ("CREATE INDEX", "CREATE UNIQUE"),
    "INSERT",
    '"experiments"',
)
_CONSTRAINTS = ("CONSTRAINT ", "CHECK ", "FOREIGN ", "PRIMARY ", "UNIQUE ")


def tables_of_mlflow() -> str:
    """The script that makes them, a statement a line; without the experiment that MLflow adds on opening.

    MLflow's order of indexes and of a table's constraints differs from time to time and means nothing: it is sorted.
    """
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "made.db"
        open_client(database)
        with closing(sqlite3.connect(database)) as connection:
            dumped = [" ".join(statement.split()) for statement in connection.iterdump()]
    tables = [_in_order(statement) for statement in dumped if statement.startswith(_TABLE)]
    rows = [statement for statement in dumped if statement.startswith(_ROW) and _EXPERIMENT not in statement]
    indexes = sorted(statement for statement in dumped if statement.startswith(_INDEX))
    assert len(tables) > 50
    assert len(indexes) > 50
    return "\n".join([heading(), dumped[0], *tables, *rows, *indexes, dumped[-1]]) + "\n"


def _in_order(table: str) -> str:
    """The statement of a table with its constraints sorted, after its columns."""
    opening, _, rest = table.partition("(")
    parts = list(_parts(rest.rpartition(")")[0]))
    columns = [part for part in parts if not part.startswith(_CONSTRAINTS)]
    constraints = sorted(part for part in parts if part.startswith(_CONSTRAINTS))
    return f"{opening.strip()} ({', '.join([*columns, *constraints])});"


def _parts(body: str) -> Iterator[str]:
    """What stands between the outermost commas."""
    depth, part = 0, ""
    for letter in body:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            yield part.strip()
            part = ""
        else:
            part += letter
    yield part.strip()
