"""Write one run into the store, inside one transaction of the writer."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, cast

import polars as pl
from sqlalchemy import Connection, Table, bindparam, case, delete, func, insert, select, update

from detection.alerts.draft import AlertDraft
from detection.alerts.risk_card import risk_card
from detection.detectors.assessability import Assessability
from detection.detectors.card_content import card_json
from detection.detectors.cards import Card
from detection.language.text import Text
from detection.store import schema
from detection.store.casework.carrying import carry_over
from detection.store.closing import Closing, carrying_over, closing, reopening, succeeded
from detection.store.engines.bulk import insert_frame
from detection.store.groups import continued
from detection.store.lifecycle import BY_RUN, OPEN
from detection.store.records import RunRecord
from detection.store.rows import Row, change_of, evidence_rows, record_rows, row_of, write_shared
from detection.store.successors import Successor, successors
from detection.store.superseded import superseding

_ALERT = cast("Table", schema.Alert.__table__)
_EVENT = cast("Table", schema.AlertEvent.__table__)
_MEMBER = cast("Table", schema.AlertMember.__table__)
_EVIDENCE = cast("Table", schema.Evidence.__table__)
_RECORDS = cast("Table", schema.RecordEvidence.__table__)
_UNDECIDED: dict[str, str | None] = {"proposed_by": None, "verdict": "", "snoozed_until": None}
"""Columns of an alert that go over with its status to the alert that takes its place."""


def write_run(connection: Connection, run: RunRecord) -> None:
    """The run itself; one committed again keeps its number."""
    table = schema.Run
    known = connection.scalar(select(table.number).where(table.run_id == run.run_id))
    if known is None:
        number = (connection.scalar(select(func.max(table.number))) or 0) + 1
        connection.execute(insert(table).values(number=number, **run.to_row()))
    else:
        connection.execute(update(table).where(table.run_id == run.run_id).values(**run.to_row()))


def write_cards(connection: Connection, cards: Iterable[Card]) -> None:
    """Versions of cards that the store does not have yet."""
    table = schema.CardVersion
    known = set(connection.scalars(select(table.digest)))
    fresh = {card.digest: card for card in cards if card.digest not in known}
    _insert(
        connection,
        table.__table__,
        [
            {"digest": digest, "detector": card.detector, "content": json.loads(card_json(card))}
            for digest, card in sorted(fresh.items())
        ],
    )


def write_assessability(
    connection: Connection, run_id: str, assessability: Mapping[str, Assessability]
) -> None:
    """How much each detector could assess in the run."""
    table = schema.Assessability
    connection.execute(delete(table).where(table.run_id == run_id))
    rows = [
        {"run_id": run_id, "detector": name, **asdict(coverage)}
        for name, coverage in sorted(assessability.items())
    ]
    _insert(connection, table.__table__, rows)


def replace_rows(connection: Connection, table: Any, rows: pl.DataFrame) -> None:
    """All rows of a table that describes the current run's data."""
    connection.execute(delete(table))
    _insert(connection, table.__table__, rows.select(table.__table__.columns.keys()).to_dicts())


def changes(connection: Connection, run_id: str) -> dict[str, int]:
    """Alerts by how the run left them: new, changed, same, closed, and those that it could not look for."""
    counted = connection.execute(
        select(_ALERT.c.change, func.count()).where(_ALERT.c.run_id == run_id).group_by(_ALERT.c.change)
    )
    counts = {str(change): int(count) for change, count in counted}
    untouched = select(func.count()).where(
        _ALERT.c.run_id != run_id, _ALERT.c.status.not_in(("closed", "expired"))
    )
    return {
        **{change: counts.get(change, 0) for change in ("new", "changed", "same", "closed")},
        "not_assessed": int(connection.execute(untouched).scalar_one()),
    }


def write_alerts(
    connection: Connection,
    run: RunRecord,
    drafts: Sequence[AlertDraft],
    assessability: Mapping[str, Assessability],
    cards: Sequence[Card],
    unassessed: Mapping[str, Text],
    superseded: Mapping[str, str],
) -> None:
    """Alerts that the run raised, those that it did not raise again, and the order of all that are open.

    Where a detector's method changed, a decision about the old alert goes over to the new one with the same evidence.
    """
    stored = {row["alert_id"]: dict(row) for row in connection.execute(select(_ALERT)).mappings()}
    same_group = risk_card().share("same_group", dt.date.fromisoformat(run.as_of))
    raised = continued(drafts, list(stored.values()), same_group)
    raised_ids = {draft.alert_id for draft in raised}
    missing = [row for key, row in sorted(stored.items()) if key not in raised_ids]
    carried = successors(
        [
            row
            for row in missing
            if row["status"] not in ("closed", "expired") and _looked_for(row, assessability)
        ],
        _evidence_ids(connection, [row["alert_id"] for row in missing]),
        [draft for draft in raised if draft.alert_id not in stored],
        {card.detector: card.digest for card in cards},
    )
    _insert(connection, _EVENT, _corrected(connection, run, stored, superseded))
    _write_raised(connection, run, raised, stored, carried.values())
    carry_over(connection, carried.values())
    _write_members(connection, raised)
    _write_evidence(connection, raised)
    write_shared(connection)
    _write_missing(
        connection, run, missing, carried, lambda row: closing(row, run, assessability, unassessed)
    )
    rank(connection)


def _looked_for(row: Row, assessability: Mapping[str, Assessability]) -> bool:
    """Whether the detector of an alert ran, or is gone: one that assessed nothing has no successors."""
    own = assessability.get(row["detector"])
    return own is None or own.status != "not_assessable"


def _corrected(
    connection: Connection, run: RunRecord, stored: Mapping[str, Row], superseded: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Events of open alerts whose evidence a delivery corrected, so that it stays on record as it was."""
    open_alerts = [key for key, row in stored.items() if row["status"] in OPEN]
    notes = superseding(connection, open_alerts, superseded, run.run_id)
    return [_event(run, stored[key], note, stored[key]["status"]) for key, note in notes.items()]


def _write_raised(
    connection: Connection,
    run: RunRecord,
    raised: Sequence[AlertDraft],
    stored: Mapping[str, Row],
    carried: Iterable[Successor],
) -> None:
    fresh, known, events = [], [], []
    decisions = {each.alert_id: each for each in carried if each.status != "new"}
    reopened = _statuses_before_closing(connection)
    for draft in raised:
        row = row_of(draft) | {"run_id": run.run_id, "closed_reason": None, "closed_reason_zh": None}
        old = stored.get(draft.alert_id)
        if old is None:
            before = decisions.get(draft.alert_id)
            status = before.status if before else "new"
            kept = {name: stored[before.before][name] for name in _UNDECIDED} if before else _UNDECIDED
            fresh.append(
                row | kept | {"first_run_id": run.run_id, "change": "new", "status": status, "rank": 0}
            )
            if before:
                events.append(_event(run, row | {"status": "new"}, carrying_over(before), status))
            continue
        status = reopened.get(draft.alert_id, "new") if old["status"] == "closed" else old["status"]
        known.append(
            row
            | {"key": draft.alert_id, "change": change_of(old, row, run.run_id), "status": status, "rank": 0}
        )
        if status != old["status"]:
            events.append(_event(run, old, reopening(run.run_id), status))
    _insert(connection, _ALERT, fresh)
    if known:
        connection.execute(update(_ALERT).where(_ALERT.c.alert_id == bindparam("key")), known)
    _insert(connection, _EVENT, events)


def _write_members(connection: Connection, drafts: Sequence[AlertDraft]) -> None:
    """The people of the drafts' alerts, in place of those that the store had of them."""
    if drafts:
        keys = [{"key": draft.alert_id} for draft in drafts]
        connection.execute(delete(_MEMBER).where(_MEMBER.c.alert_id == bindparam("key")), keys)
    members = (
        (draft.alert_id, person) for draft in drafts for person in sorted(set(draft.subject.member_ids))
    )
    _insert(connection, _MEMBER, [{"person_id": person, "alert_id": key} for key, person in members])


def _write_evidence(connection: Connection, drafts: Sequence[AlertDraft]) -> None:
    """The evidence of the drafts' alerts, in place of what the store had of them."""
    if not drafts:
        return
    keys = [{"key": draft.alert_id} for draft in drafts]
    for table, rows_of in ((_EVIDENCE, evidence_rows), (_RECORDS, record_rows)):
        connection.execute(delete(table).where(table.c.alert_id == bindparam("key")), keys)
        insert_frame(connection, table, pl.concat([rows_of(draft) for draft in drafts]))


def _evidence_ids(connection: Connection, alert_ids: Sequence[str]) -> dict[str, frozenset[str]]:
    """Settlements of some alerts, and records as ``table:id``."""
    wanted, ids = set(alert_ids), defaultdict[str, set[str]](set)
    if not wanted:
        return {}
    for name, settlement in connection.execute(select(_EVIDENCE.c.alert_id, _EVIDENCE.c.settlement_id)):
        if name in wanted:
            ids[name].add(settlement)
    columns = (_RECORDS.c.alert_id, _RECORDS.c.record_table, _RECORDS.c.record_id)
    for name, table, record in connection.execute(select(*columns)):
        if name in wanted:
            ids[name].add(f"{table}:{record}")
    return {name: frozenset(own) for name, own in ids.items()}


def _write_missing(
    connection: Connection,
    run: RunRecord,
    missing: Sequence[Row],
    carried: Mapping[str, Successor],
    close: Callable[[Row], Closing],
) -> None:
    last = _last_actions(connection)
    moved, events = [], []
    for row in missing:
        if row["status"] in ("closed", "expired"):
            continue
        successor = carried.get(row["alert_id"])
        ending = succeeded(run.run_id, successor) if successor else close(row)
        status = "closed" if ending.action == "close" else row["status"]
        if last.get(row["alert_id"]) != (BY_RUN, ending.action):  # else an event exists already
            events.append(_event(run, row, ending, status))
        moved.append({"key": row["alert_id"], **_missing_columns(row, run, ending, status)})
    if moved:
        connection.execute(update(_ALERT).where(_ALERT.c.alert_id == bindparam("key")), moved)
    _insert(connection, _EVENT, events)


def _missing_columns(row: Row, run: RunRecord, ending: Closing, status: str) -> dict[str, Any]:
    """Columns of an alert that was not raised; one that could not be assessed stays as the last run left it."""
    if ending.action == "not_judged":
        kept = {name: row[name] for name in ("run_id", "closed_reason", "closed_reason_zh")}
        return kept | {"change": "same", "status": status}
    return {
        "run_id": run.run_id,
        "change": "closed",
        "status": status,
        "closed_reason": ending.reason.en,
        "closed_reason_zh": ending.reason.zh,
    }


def rank(connection: Connection) -> None:
    """1 is first: open alerts by score, then amount, then id; the others after them in the same order."""
    is_open = case((_ALERT.c.status.in_(OPEN), 0), else_=1)
    order = (is_open, _ALERT.c.score.desc(), _ALERT.c.amount_at_issue.desc(), _ALERT.c.alert_id)
    ids = connection.scalars(select(_ALERT.c.alert_id).order_by(*order)).all()
    ranks = [{"key": alert_id, "rank": number} for number, alert_id in enumerate(ids, 1)]
    if ranks:
        connection.execute(update(_ALERT).where(_ALERT.c.alert_id == bindparam("key")), ranks)


def _event(run: RunRecord, row: Row, ending: Closing, status: str) -> dict[str, Any]:
    return {
        "alert_id": row["alert_id"],
        "at": run.finished_at,
        "actor": BY_RUN,
        "action": ending.action,
        "status_before": row["status"],
        "status_after": status,
        "note": ending.reason.en,
        "note_zh": ending.reason.zh,
    }


def _statuses_before_closing(connection: Connection) -> dict[str, str]:
    query = select(_EVENT.c.alert_id, _EVENT.c.status_before).where(_EVENT.c.action == "close")
    return {row.alert_id: row.status_before for row in connection.execute(query.order_by(_EVENT.c.event_id))}


def _last_actions(connection: Connection) -> dict[str, tuple[str, str]]:
    query = select(_EVENT.c.alert_id, _EVENT.c.actor, _EVENT.c.action).order_by(_EVENT.c.event_id)
    return {row.alert_id: (row.actor, row.action) for row in connection.execute(query)}


def _insert(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)
