"""The first entry: what there was before the log."""

from __future__ import annotations

import hashlib
import json

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


def genesis(connection: Connection) -> EntryDraft:
    """The draft of the first entry: how many runs, events, reveals and exports there were, and the hash of all.

    Its time is that of the newest of them; empty in a new store.
    """
    digest, counts, newest = hashlib.sha256(), dict[str, int](), ""
    for table, query in _ROWS.items():
        counts[table] = 0
        for row in connection.execute(text(query)):
            counts[table] += 1
            digest.update(f"{json.dumps(list(row), ensure_ascii=False)}\n".encode("utf-8", "replace"))
            newest = max(newest, str(row._mapping[_TIMES[table]]))
    after: dict[str, str | int] = {**counts, "hash": digest.hexdigest()}
    return EntryDraft(at=newest, actor="fundwatch", action=BEGIN, object="workspace", after=after)
