"""The tables of a new model registry, from a file: MLflow makes them in some fifty steps, which take a second.

``tables.sql`` is written by MLflow itself (``make golden``), and a test compares the two.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

FILE = Path(__file__).with_suffix(".sql")
_REVISION = re.compile(r"""INSERT INTO "alembic_version" VALUES\('(\w+)'\)""")


def heading() -> str:
    """First line of the file: the version of MLflow that is installed."""
    return f"-- MLflow {version('mlflow')}"


def revision() -> str:
    """Name of the state of the tables in the file, as MLflow writes it into each database."""
    return str(_REVISION.findall(FILE.read_text(encoding="utf-8"))[0])


def write_tables(database: Path) -> bool:
    """Write a database with the tables.

    Args:
        database: a file that does not exist yet.

    Returns:
        False where nothing is written, because the file is of another version of MLflow.
    """
    script = FILE.read_text(encoding="utf-8")
    if script.partition("\n")[0] != heading():
        return False
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(script)
    return True
