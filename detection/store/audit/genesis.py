"""The first entry: what there was before the log."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from sqlalchemy import Connection, text

from detection.audit.entry import BEGIN, EntryDraft

_TIMES = {"run": "finished_at", "alert_event": "at", "reveal": "at", "export": "at"}
"""Tables that say what was done before there was a log, with the column of the time."""

_ROWS = {
    "run": "SELECT run_id, number, finished_at, snapshot_id, config_digest FROM run ORDER BY number",
    "alert_event": "SELECT event_id, alert_id, at, actor, action, status_before, status_after, note, note_zh "
    "FROM alert_event ORDER BY event_id",
    "reveal": 'SELECT reveal_id, at, actor, reason, what, "rows", subject, until FROM reveal ORDER BY reveal_id',
    "export": 'SELECT export_id, at, actor, what, detail, file_format, "rows" FROM export ORDER BY export_id',
}


@dataclass(frozen=True)
class Earlier:
    """Rows of a table: how many, the hash of all of them, and the newest time."""

    rows: int
    digest: str
    newest: str


def genesis(connection: Connection) -> EntryDraft:
    """The draft of the first entry: how many runs, events, reveals and exports there were, and the hash of each table.

    Its time is that of the newest of them; empty in a new store.
    """
    after, newest = dict[str, str | int](), ""
    for table in _ROWS:
        there = earlier(connection, table)
        after |= {table: there.rows, f"{table}_hash": there.digest}
        newest = max(newest, there.newest)
    return EntryDraft(at=newest, actor="fundwatch", action=BEGIN, object="workspace", after=after)


def earlier(connection: Connection, table: str, most: int | None = None) -> Earlier:
    """The first rows of a table.

    Args:
        connection: to the store.
        table: one that the first entry counts.
        most: how many; None for all.
    """
    count, digest, newest = 0, hashlib.sha256(), ""
    statement = text(_ROWS[table] if most is None else f"{_ROWS[table]} LIMIT {most:d}")
    for row in connection.execute(statement):
        count += 1
        digest.update(f"{json.dumps(list(row), ensure_ascii=False)}\n".encode("utf-8", "replace"))
        newest = max(newest, str(row._mapping[_TIMES[table]]))
    return Earlier(count, digest.hexdigest(), newest)
