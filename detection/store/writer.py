"""The only writer of the store: runs, what people do to alerts, and who saw real ids."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import polars as pl
from sqlalchemy import Connection, Engine, delete, insert
from sqlalchemy.exc import SQLAlchemyError

from detection.alerts.draft import AlertDraft
from detection.audit.entry import Entry, EntryDraft, refused
from detection.cases.standing import Act, Actor
from detection.detectors.assessability import Assessability
from detection.detectors.cards import Card
from detection.language.text import Text
from detection.store import commit, schema
from detection.store.acting import Acted
from detection.store.acting import act as act_on_alert
from detection.store.audit.append import append
from detection.store.audit.drafts import current_run, last_event, run_entry
from detection.store.casework.sampling import select_unalerted
from detection.store.casework.suppressing import apply_suppressions
from detection.store.connection import bring_up_to_date
from detection.store.disclosure.recording import NewReveal, record_reveal, refuse_many
from detection.store.disclosure.requests import use
from detection.store.engines.refusals import refusal
from detection.store.lifecycle import BY_RUN
from detection.store.packets.keeping import keep_all
from detection.store.records import RunRecord
from detection.store.waking import wake_and_expire
from features.errors import UsageError
from features.workspace import Workspace, remember_database
from features.workspace.place import StoreLocation

logger = logging.getLogger(__name__)


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
        masking_key: bytes,
        unassessed: Mapping[str, Text] | None = None,
        superseded: Mapping[str, str] | None = None,
        people: Sequence[str] = (),
        actor: str = BY_RUN,
        role: str = "",
    ) -> dict[str, int]:
        """Make a run what readers see, in one transaction: all of it or nothing.

        Args:
            run: the finished run.
            drafts: its alerts, scored, with counter-evidence.
            assessability: by detector, every detector of the catalogue.
            cards: every card that the drafts name.
            institutions: `records.institutions_of`.
            monthly_spend: `records.monthly_spend_of`.
            masking_key: secret of the pseudonyms, by which packets are found.
            unassessed: why alerts of earlier runs could not be looked for, by alert.
            superseded: rows that a delivery of this run corrected: where each was, by settlement or ``table:key``.
            people: ids of the insured people of its data, of whom a few without alerts are audited.
            actor: who started it.
            role: as what they act.

        Returns:
            How many alerts are ``new``, ``changed``, ``same`` and ``closed`` by this run, and ``not_assessed``:
            those of earlier runs that it could not look for.

        Raises:
            StoreError: the store refused; it is as it was before.
        """
        with self._transaction() as connection:
            replaced, events = current_run(connection), last_event(connection)
            commit.write_run(connection, run)
            commit.write_cards(connection, cards)
            commit.write_assessability(connection, run.run_id, assessability)
            commit.replace_rows(connection, schema.Institution, institutions)
            commit.replace_rows(connection, schema.MonthlySpend, monthly_spend)
            commit.write_alerts(
                connection, run, drafts, assessability, cards, unassessed or {}, superseded or {}
            )
            changed = wake_and_expire(connection, run) + apply_suppressions(connection, run)
            if changed:
                commit.rank(connection)
            keep_all(connection, masking_key)
            select_unalerted(connection, run, people, institutions["provider_id"].to_list())
            connection.execute(delete(schema.State))
            connection.execute(insert(schema.State).values(id=1, current_run_id=run.run_id))
            changes = commit.changes(connection, run.run_id)
            append(
                connection,
                run_entry(
                    connection,
                    run,
                    actor=actor,
                    role=role,
                    replaced=replaced,
                    events_before=events,
                    changes=changes,
                ),
            )
        counted = ", ".join(f"{count:,} {change}" for change, count in changes.items())
        logger.info("Committed run %s: alerts %s", run.run_id, counted)
        return changes

    def act(self, alert_id: str, act: Act, *, actor: Actor, at: str, seen: int | None = None) -> Acted:
        """What a person does to an alert; appended to its events. A refusal is entered in the audit log.

        Args:
            alert_id: the alert.
            act: a move of the life cycle of alerts, ``dismiss`` or ``undo``, with what it requires.
            actor: who, in which role, for which districts.
            at: ISO time.
            seen: the store's last event that the person knows of; None acts on whatever happened meanwhile.

        Raises:
            MoveRefusedError: the life cycle does not allow it; ``problems`` has all reasons.
            UsageError: no such alert, or something happened to it after ``seen``.
            StoreError: the store refused, for instance because a run is being written.
        """
        with self._transaction() as connection:
            try:
                return act_on_alert(connection, alert_id, act, actor=actor, at=at, seen=seen)
            except UsageError as error:  # raised before anything is written
                refusal_of_act = error
                request = EntryDraft(
                    at=at,
                    actor=actor.name,
                    role=actor.role,
                    action=act.move,
                    object=f"alert:{alert_id}",
                    reason=act.reason,
                )
                because = error.problems[0] if len(error.problems) == 1 else error.what
                append(connection, refused(request, because))
        raise refusal_of_act

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
        role: str = "",
        most_a_day: int | None = None,
        request: int | None = None,
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
            role: as what the actor acts.
            most_a_day: single identities that the actor may be shown on this day alone; None for any number.
            request: number of the approved request by which they are shown, which is used up.

        Raises:
            TooManyRevealsError: the actor was shown as many on this day.
            UsageError: without a reason, or by a request that is not approved.
        """
        if not reason.strip():
            raise UsageError("Real ids are shown for a reason only.", next_step='say why: --reason "…"')
        new = NewReveal(actor, role, reason, what, rows, at, subject, until)
        with self._transaction() as connection:
            if request is not None:
                use(connection, request)
            elif most_a_day is not None:
                refuse_many(connection, actor, at, most_a_day)
            record_reveal(connection, new, request)

    def export(
        self, *, actor: str, what: str, detail: str, file_format: str, rows: int, at: str, role: str = ""
    ) -> int:
        """Record that a file is taken away; the number of the export.

        Args:
            actor: who took it.
            what: which list or document ("alerts").
            detail: which part of it: filters, or the alert.
            file_format: ``xlsx``, ``csv``, ``parquet``, ``json``, ``pdf`` or ``docx``.
            rows: how many rows.
            at: ISO time.
            role: as what the actor acts.
        """
        with self._transaction() as connection:
            stored = connection.execute(
                insert(schema.Export).values(
                    at=at, actor=actor, what=what, detail=detail, file_format=file_format, rows=rows
                )
            )
            [export_id] = stored.inserted_primary_key or (0,)
            append(
                connection,
                EntryDraft(
                    at=at,
                    actor=actor,
                    role=role,
                    action="export",
                    object=f"list:{what}",
                    after={"export": int(export_id), "detail": detail, "format": file_format, "rows": rows},
                ),
            )
        return int(export_id)

    def enter(self, draft: EntryDraft) -> Entry:
        """Enter what happened outside the store's other tables: a sign-in, a purge, a refusal.

        Raises:
            StoreError: the store refused.
        """
        with self._transaction() as connection:
            return append(connection, draft)

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
