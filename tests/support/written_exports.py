"""Exports in tests: write one, read it back, and what was recorded of it."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path
from typing import Any

from support.store_runs import Store

from detection.export.export import export
from detection.export.mark import Mark


def written(store: Store, what: str = "alerts", **request: Any) -> Path:
    out: Path = store.workspace.root.parent / f"out.{request.setdefault('file_format', 'csv')}"
    export(store.workspace, what, out=out, actor="li", at="noon", **request)
    return out


def cells(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def mark_of_last(workspace: Path, language: str) -> str:
    """The mark of the last file that was taken."""
    with sqlite3.connect(workspace / "store.sqlite") as connection:
        query = "SELECT export_id, actor, at FROM export ORDER BY export_id DESC LIMIT 1"
        return Mark(*connection.execute(query).fetchone()).text(language)


def reveals(store: Store) -> list[tuple[Any, ...]]:
    with sqlite3.connect(store.workspace.store_file) as connection:
        return connection.execute("SELECT actor, reason, what, rows, at FROM reveal").fetchall()
