"""What the store enters of its own changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from detection.audit.entry import EntryDraft
from detection.cases.standing import Act, Actor
from detection.store.records import RunRecord
from detection.store.schema import AlertEvent, Run, State


def act_entry(
    alert_id: str, act: Act, actor: Actor, at: str, *, statuses: tuple[str, str], event_id: int
) -> EntryDraft:
    """An act on an alert; ``statuses`` are those before and after it."""
    before, after = statuses
    stated = {"code": act.code, "until": act.until.isoformat() if act.until else ""}
    details: dict[str, str] = {name: value for name, value in stated.items() if value}
    return EntryDraft(
        at=at,
        actor=actor.name,
        role=actor.role,
        action=act.move,
        object=f"alert:{alert_id}",
        before={"status": before},
        after={"status": after, "event": event_id, **details},
        reason=act.reason.strip(),
    )


def current_run(connection: Connection) -> str | None:
    """The run that readers see."""
    return connection.scalar(select(State.current_run_id))


def last_event(connection: Connection) -> int:
    """The number of the newest event of an alert; 0 where there is none."""
    return connection.scalar(select(func.max(AlertEvent.event_id))) or 0


def events_of_run(connection: Connection, after: int, most: int | None = None) -> tuple[int, str]:
    """How many events there are after a number, and the hash of what they say.

    Args:
        connection: to the store.
        after: number of the last event before the run.
        most: how many events the run appended; None for all that follow.
    """
    count, digest = 0, hashlib.sha256()
    event = AlertEvent
    columns = (
        event.event_id,
        event.alert_id,
        event.at,
        event.actor,
        event.action,
        event.status_before,
        event.status_after,
        event.note,
    )
    query = select(*columns).where(event.event_id > after).order_by(event.event_id).limit(most)
    for row in connection.execute(query):
        count += 1
        digest.update(f"{json.dumps(list(row), ensure_ascii=False)}\n".encode("utf-8", "replace"))
    return count, digest.hexdigest()


def run_entry(
    connection: Connection,
    run: RunRecord,
    *,
    actor: str,
    role: str,
    replaced: str | None,
    events_before: int,
    changes: Mapping[str, int],
) -> EntryDraft:
    """A run that was committed: what readers saw before and see now, and all that it did to alerts, as one hash."""
    count, digest = events_of_run(connection, events_before)
    number = connection.scalar(select(Run.number).where(Run.run_id == run.run_id))
    after: dict[str, str | int | None] = {
        "run": run.run_id,
        "number": number,
        "as_of": run.as_of,
        "area": run.area,
        "snapshot": run.snapshot_id,
        "code": run.code_version,
        "configuration": run.config_digest,
        **changes,
        "events": count,
        "events_after": events_before,
        "events_hash": digest,
    }
    return EntryDraft(
        at=run.finished_at,
        actor=actor,
        role=role,
        action="run",
        object=f"run:{run.run_id}",
        before={"run": replaced},
        after=after,
    )
