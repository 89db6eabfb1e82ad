"""The only writer of the store: runs, what people do to alerts, and who saw real ids."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import polars as pl
from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from detection.alerts.draft import AlertDraft
from detection.detectors.assessability import Assessability
from detection.detectors.cards import Card
from detection.language.text import Text
from detection.store import commit, schema
from detection.store.connection import bring_up_to_date
from detection.store.engines.refusals import refusal
from detection.store.lifecycle import Past, next_status
from detection.store.records import RunRecord
from features.errors import UsageError
from features.workspace import Workspace, remember_database
from features.workspace.place import StoreLocation

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Acted:
    """What an act on an alert left: the alert's status, and the id of the event that was appended."""

    status: str
    event_id: int


class Writer:
    """The store, open for writing and brought up to date.

    Args:
        store: where it is (`Workspace.store`); made when it is not there.

    Raises:
        StoreError: what is there is no store, or cannot be written.
    """

    def __init__(self, store: StoreLocation) -> None:
        self._store = store
        self._engine: Engine = bring_up_to_date(store)

    def commit_run(
        self,
        run: RunRecord,
        drafts: Sequence[AlertDraft],
        *,
        assessability: Mapping[str, Assessability],
        cards: Sequence[Card],
        institutions: pl.DataFrame,
        monthly_spend: pl.DataFrame,
        unassessed: Mapping[str, Text] | None = None,
        superseded: Mapping[str, str] | None = None,
    ) -> dict[str, int]:
        """Make a run what readers see, in one transaction: all of it or nothing.

        Args:
            run: the finished run.
            drafts: its alerts, scored, with counter-evidence.
            assessability: by detector, every detector of the catalogue.
            cards: every card that the drafts name.
            institutions: `records.institutions_of`.
            monthly_spend: `records.monthly_spend_of`.
            unassessed: why alerts of earlier runs could not be looked for, by alert.
            superseded: rows that a delivery of this run corrected: where each was, by settlement or ``table:key``.

        Returns:
            How many alerts are ``new``, ``changed``, ``same`` and ``closed`` by this run, and ``not_assessed``:
            those of earlier runs that it could not look for.

        Raises:
            StoreError: the store refused; it is as it was before.
        """
        with self._transaction() as connection:
            commit.write_run(connection, run)
            commit.write_cards(connection, cards)
            commit.write_assessability(connection, run.run_id, assessability)
            commit.replace_rows(connection, schema.Institution, institutions)
            commit.replace_rows(connection, schema.MonthlySpend, monthly_spend)
            commit.write_alerts(
                connection, run, drafts, assessability, cards, unassessed or {}, superseded or {}
            )
            connection.execute(delete(schema.State))
            connection.execute(insert(schema.State).values(id=1, current_run_id=run.run_id))
            changes = commit.changes(connection, run.run_id)
        counted = ", ".join(f"{count:,} {change}" for change, count in changes.items())
        logger.info("Committed run %s: alerts %s", run.run_id, counted)
        return changes

    def act(
        self, alert_id: str, *, actor: str, action: str, note: str = "", at: str, seen: int | None = None
    ) -> Acted:
        """What a person does to an alert; appended to its events.

        Args:
            alert_id: the alert.
            actor: who.
            action: ``triage``, ``snooze``, ``dismiss``, ``escalate``, ``reopen`` or ``undo``.
            note: what they write; needed to dismiss.
            at: ISO time.
            seen: the alert's last event that the person knows of; None acts on whatever happened meanwhile.

        Raises:
            UsageError: no such alert, the action is not possible from its status, or something happened to the alert
                after ``seen``.
            StoreError: the store refused, for instance because a run is being written.
        """
        alert, event = schema.Alert, schema.AlertEvent
        with self._transaction() as connection:
            status = connection.scalar(select(alert.status).where(alert.alert_id == alert_id))
            if status is None:
                raise UsageError(
                    "There is no alert {alert_id}.",
                    next_step="list them: fundwatch alerts",
                    alert_id=alert_id,
                )
            past = connection.execute(
                select(event.event_id, event.actor, event.action, event.status_before)
                .where(event.alert_id == alert_id)
                .order_by(event.event_id)
            ).all()
            if seen is not None and past and past[-1].event_id != seen:
                raise UsageError(
                    "Alert {alert_id} was changed meanwhile.",
                    next_step="look at what was done, and act again",
                    alert_id=alert_id,
                )
            events = [Past(row.actor, row.action, row.status_before) for row in past]
            after = next_status(status, action, note, events)
            connection.execute(update(alert).where(alert.alert_id == alert_id).values(status=after))
            appended = connection.execute(
                insert(event).values(
                    alert_id=alert_id,
                    at=at,
                    actor=actor,
                    action=action,
                    status_before=status,
                    status_after=after,
                    note=note,
                )
            )
            [event_id] = appended.inserted_primary_key or (0,)
        return Acted(after, int(event_id))

    def reveal(
        self,
        *,
        actor: str,
        reason: str,
        what: str,
        rows: int,
        at: str,
        subject: str | None = None,
        until: str | None = None,
    ) -> None:
        """Record that real ids were shown.

        Args:
            actor: who saw them.
            reason: why; not empty.
            what: which list ("export alerts"), or "identity".
            rows: how many rows.
            at: ISO time.
            subject: pseudonym of a single identity.
            until: ISO time until which a screen shows it.

        Raises:
            UsageError: without a reason.
        """
        if not reason.strip():
            raise UsageError("Real ids are shown for a reason only.", next_step='say why: --reason "…"')
        with self._transaction() as connection:
            connection.execute(
                insert(schema.Reveal).values(
                    at=at, actor=actor, reason=reason, what=what, rows=rows, subject=subject, until=until
                )
            )

    def export(self, *, actor: str, what: str, detail: str, file_format: str, rows: int, at: str) -> None:
        """Record that a file was taken away.

        Args:
            actor: who took it.
            what: which list or document ("alerts").
            detail: which part of it: filters, or the alert.
            file_format: ``xlsx``, ``csv``, ``pdf`` or ``docx``.
            rows: how many rows.
            at: ISO time.
        """
        with self._transaction() as connection:
            connection.execute(
                insert(schema.Export).values(
                    at=at, actor=actor, what=what, detail=detail, file_format=file_format, rows=rows
                )
            )

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """All of it or nothing; what the database refuses becomes an error that a person can act on."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise refusal(error, self._store) from error


def prepare_store(workspace: Workspace) -> None:
    """Make the tables of a workspace whose alerts are in a database, before anything else is done.

    A server that cannot be reached is known at once, and not at the end of a run; and from now on a database without
    these tables has lost them.

    Raises:
        StoreError: the database cannot be used.
    """
    if workspace.database is not None:
        Writer(workspace.database)
        remember_database(workspace)
