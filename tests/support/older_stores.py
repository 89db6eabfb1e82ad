"""A store as an earlier version would have written it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from detection.store import migrations
from detection.store.connection import writing


def take_back(store: Path, revision: str) -> None:
    """Replace a store by one of an earlier revision, with the rows and columns that it had then."""
    newer = store.with_suffix(".newer")
    with sqlite3.connect(store) as connection:
        connection.execute("VACUUM INTO ?", (str(newer),))
    for each in store.parent.glob(f"{store.name}*"):
        each.unlink()
    with writing(store).begin() as connection:
        migrations.upgrade(connection, revision)
    with sqlite3.connect(store) as connection:
        connection.execute("ATTACH ? AS newer", (str(newer),))
        names = [
            name for (name,) in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")
        ]
        for table in names:
            if table == "alembic_version" or table.startswith("sqlite_"):
                continue
            if connection.execute(f"SELECT count(*) FROM main.{table}").fetchone() != (0,):
                continue  # the log, which begins anew
            columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_info({table})"))
            connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}")
    newer.unlink()
