"""What is no longer kept of closed alerts, ended cases and ended leads: deleted, and entered in the audit log."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete, func, select

from detection.audit.entry import EntryDraft
from detection.cases.life_cycle import ended_states
from detection.store.audit.append import append
from detection.store.casework.tables import CaseAlert, CaseFile
from detection.store.casework.tools.documents import of_ended_cases, remove
from detection.store.connection import bring_up_to_date
from detection.store.leads.retention import of_ended_leads, remove_words
from detection.store.schema import Alert, AlertEvent, Evidence, RecordEvidence, SharedEvidence
from features.chosen_numbers import read_dated_numbers
from features.errors import StoreError
from features.sealing import digest
from features.workspace.place import StoreLocation

_DONE_WITH = ("closed", "dismissed", "expired")
_COUNTED = (Evidence, RecordEvidence)
_AT_ONCE = 500
_WAIT_SECONDS = 30
"""For those who read the file."""


@dataclass(frozen=True)
class Retention:
    """How long things are kept.

    Attributes:
        evidence_months: rows behind an alert, files of a case, and what was written in words about an outside lead,
            after the last thing that was done to it.
    """

    evidence_months: int


@dataclass(frozen=True)
class Expiring:
    """What is no longer kept under some rules.

    Attributes:
        alerts: ids of the closed alerts.
        rows: rows of evidence.
        before: ISO day; what was closed before it is deleted.
        rules: hash of the file of rules.
        files: numbers of the files of cases that ended.
        leads: numbers of the outside leads that ended.
    """

    alerts: tuple[str, ...]
    rows: int
    before: str
    rules: str
    files: tuple[int, ...] = ()
    leads: tuple[int, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to delete."""
        return not self.rows and not self.files and not self.leads


def expiring(store: StoreLocation, rules: Path, today: dt.date) -> Expiring:
    """Closed alerts whose evidence is no longer kept.

    Args:
        store: where the alerts are.
        rules: TOML file with `Retention`, each number with unit, source and the day from which it applies.
        today: the day of the purge.

    Raises:
        CardError: the rules cannot be used, or do not apply yet.
    """
    months = read_dated_numbers(rules, Retention, today).evidence_months
    before = _months_earlier(today, months).isoformat()
    with bring_up_to_date(store).begin() as connection:
        alerts = _closed_before(connection, before)
        rows = sum(_count(connection, table, alerts) for table in _COUNTED)
        files, leads = of_ended_cases(connection, before), of_ended_leads(connection, before)
    return Expiring(tuple(alerts), rows, before, digest(rules)[:16], tuple(files), tuple(leads))


def expire(store: StoreLocation, what: Expiring, *, actor: str, at: str, reason: str) -> None:
    """Delete what still is as `expiring` saw it; the audit log says how many rows of which alerts, and by which rules.

    Args:
        store: where the alerts are.
        what: from `expiring`.
        actor: who purges.
        at: ISO time.
        reason: the source of the rule.

    Raises:
        StoreError: it is deleted, and the file could not be written anew.
    """
    with bring_up_to_date(store).begin() as connection:
        still = set(_closed_before(connection, what.before))  # one may have been reopened meanwhile
        alerts = [alert for alert in what.alerts if alert in still]
        rows = sum(_count(connection, table, alerts) for table in _COUNTED)
        for start in range(0, len(alerts), _AT_ONCE):
            some = alerts[start : start + _AT_ONCE]
            for table in (*_COUNTED, SharedEvidence):
                connection.execute(delete(table).where(table.alert_id.in_(some)))
        ended = set(of_ended_cases(connection, what.before))
        files = [file for file in what.files if file in ended]
        remove(connection, files, at)
        waiting = set(of_ended_leads(connection, what.before))
        leads = [lead for lead in what.leads if lead in waiting]
        remove_words(connection, leads, actor=actor, at=at, reason=reason)
        append(
            connection,
            EntryDraft(
                at=at,
                actor=actor,
                action="purge",
                object="workspace",
                before={"evidence_rows": rows},
                after={
                    "evidence_rows": 0,
                    "files": len(files),
                    "leads": len(leads),
                    "alerts": len(alerts),
                    "closed_before": what.before,
                    "rules": what.rules,
                },
                reason=reason,
            ),
        )

    overwrite(store)


def overwrite(store: StoreLocation) -> None:
    """Write a file anew: until then, deleted rows lie in its free pages and its log.

    Raises:
        StoreError: somebody reads it, or it cannot be written; nothing is lost, and it can be done again.
    """
    if not isinstance(store, Path) or not store.exists():
        return
    try:
        with closing(sqlite3.connect(store, timeout=_WAIT_SECONDS)) as connection:
            connection.execute("VACUUM")
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error:
        busy = True
    if busy:
        raise StoreError(
            "Evidence was deleted, and still lies in free pages of the store.",
            where=store.name,
            next_step="close what reads the store, and run purge again",
        )


def _closed_before(connection: Connection, day: str) -> list[str]:
    """Alerts that are done with and still have evidence, to which nothing was done since a day; none of open cases."""
    in_open_cases = (
        select(CaseAlert.alert_id)
        .join(CaseFile, CaseFile.case_id == CaseAlert.case_id)
        .where(CaseFile.state.not_in(ended_states()))
    )
    last = (
        select(AlertEvent.alert_id, func.max(AlertEvent.at).label("at"))
        .group_by(AlertEvent.alert_id)
        .subquery()
    )
    query = (
        select(Alert.alert_id)
        .join(last, last.c.alert_id == Alert.alert_id)
        .where(Alert.status.in_(_DONE_WITH), last.c.at < day, Alert.alert_id.not_in(in_open_cases))
        .order_by(Alert.alert_id)
    )
    return [
        alert
        for alert in connection.scalars(query)
        if any(_count(connection, table, [alert]) for table in _COUNTED)
    ]


def _count(connection: Connection, table: type[Evidence] | type[RecordEvidence], alerts: list[str]) -> int:
    parts = (alerts[start : start + _AT_ONCE] for start in range(0, len(alerts), _AT_ONCE))
    counts = (select(func.count()).select_from(table).where(table.alert_id.in_(part)) for part in parts)
    return sum(connection.scalar(count) or 0 for count in counts)


def _months_earlier(day: dt.date, months: int) -> dt.date:
    index = day.year * 12 + day.month - 1 - months
    return dt.date(index // 12, index % 12 + 1, 1)
