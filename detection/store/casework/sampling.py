"""Random audits: which dismissed alerts and which subjects without alerts are looked at again, with what chance."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Select, insert, select

from detection.cases.life_cycle import life_cycle
from detection.cases.limits import limits
from detection.cases.second_review import in_share
from detection.store.casework.tables import RandomAudit
from detection.store.records import RunRecord
from detection.store.schema import Alert, AlertMember

DISMISSED, INSTITUTION, PERSON = STRATA = ("dismissed", "institution", "person")
"""Dismissed alerts; institutions, and insured people, without any alert."""

FIRST = life_cycle("audit").first
_MONTH = 7


def select_dismissed(connection: Connection, alert_id: str, at: str) -> bool:
    """Select a dismissed alert for an audit, or not: by its id and its audits before, so that it can be repeated.

    Args:
        connection: in the transaction of the dismissal.
        alert_id: the alert.
        at: ISO time.
    """
    table, share = RandomAudit, limits().audited_share
    states = connection.scalars(select(table.state).where(table.alert_id == alert_id)).all()
    if FIRST in states or not in_share(f"audit {alert_id} {len(states)}", share):
        return False
    kind, identity = connection.execute(
        select(Alert.subject_kind, Alert.subject_id).where(Alert.alert_id == alert_id)
    ).one()
    _insert(connection, [_row(DISMISSED, alert_id, kind, identity, share, at)])
    return True


def select_unalerted(
    connection: Connection, run: RunRecord, people: Sequence[str], institutions: Sequence[str]
) -> int:
    """Select subjects that no alert names, a few of each kind: once for each month of data.

    A sample without return of a fixed size: those whose hash with the run's id is least. The chance of each is the
    size over the number of subjects without alerts.

    Returns:
        How many were selected.
    """
    table, month = RandomAudit, run.as_of[:_MONTH]
    count = 0
    for stratum, kind, subjects, size in (
        (INSTITUTION, "provider", institutions, limits().audited_institutions),
        (PERSON, "person", people, limits().audited_people),
    ):
        known = select(table.audit_id).where(table.stratum == stratum, table.month == month)
        if connection.scalar(known.limit(1)) is not None:
            continue
        without = sorted(set(subjects) - _alerted(connection, kind))
        chosen = sorted(without, key=lambda name: _hash(f"{run.run_id} {name}"))[:size]
        chance = len(chosen) / len(without) if without else 0.0
        rows = [_row(stratum, None, kind, name, chance, run.finished_at, month) for name in chosen]
        _insert(connection, rows)
        count += len(rows)
    return count


def _alerted(connection: Connection, kind: str) -> set[str]:
    """Subjects of a kind that any alert is about, or names."""
    queries: list[Select[str] | Select[str | None]] = [
        select(Alert.subject_id).where(Alert.subject_kind == kind)
    ]
    if kind == "provider":
        queries.append(select(Alert.provider_id).where(Alert.provider_id.is_not(None)))
    else:
        queries.append(select(Alert.subject_id).where(Alert.subject_kind == "payer_account"))
        queries.append(select(AlertMember.person_id))
    return {name for query in queries for name in connection.scalars(query.distinct()) if name}


def _row(
    stratum: str, alert_id: str | None, kind: str, identity: str, chance: float, at: str, month: str = ""
) -> dict[str, str | float | None]:
    return {
        "stratum": stratum,
        "alert_id": alert_id,
        "subject_kind": kind,
        "subject_id": identity,
        "chance": chance,
        "month": month or at[:_MONTH],
        "sampled_at": at,
        "state": FIRST,
        "result": "",
        "result_by": None,
        "result_at": None,
        "reason": "",
    }


def _insert(connection: Connection, rows: Iterable[dict[str, str | float | None]]) -> None:
    for row in rows:
        connection.execute(insert(RandomAudit).values(row))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
