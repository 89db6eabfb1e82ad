"""The only door through which the store is read: one reading of it, which every screen's queries share.

Rows come out as they are in the store, detached: changing one changes nothing. They hold real ids and fen; the
modules of the screens mask them on their way out, as do the export and the command line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from detection.detectors.card_content import card_from_json
from detection.detectors.cards import Card
from detection.masking import mask, render
from detection.store.connection import reading
from detection.store.queries.filters import Filters, Totals, order, totals, where
from detection.store.run_manifest import manifest_of
from detection.store.schema import (
    Alert,
    AlertEvent,
    Assessability,
    CardVersion,
    Evidence,
    Institution,
    RecordEvidence,
    Run,
    State,
)
from features.errors import FundwatchError, StoreError, UsageError
from features.workspace import Workspace, open_workspace

ReadError = FundwatchError
"""Whatever keeps the store from being read; screens show it as it is."""


@dataclass(frozen=True)
class Version:
    """Which state of the store a screen shows; what is read for one version may be kept.

    Attributes:
        run_id: the run that readers see; None before the first run.
        last_event: the last thing done to an alert.
    """

    run_id: str | None
    last_event: int


@dataclass(frozen=True)
class Reader:
    """One reading of the store: one consistent state, however long it lasts.

    Attributes:
        session: read-only session of the store.
        workspace: folder of the runs and snapshots.
    """

    session: Session
    workspace: Workspace

    @cached_property
    def key(self) -> bytes:
        """Secret of the masked ids."""
        return self.workspace.pseudonym_key()

    @cached_property
    def run(self) -> Run | None:
        """The run that readers see; None before the first."""
        return self.session.scalar(select(Run).join(State, State.current_run_id == Run.run_id))

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """What every reader of the current run must be told.

        ``simulated``: of its data. The policy profile's name, ``illustrative``: of values that nobody has read.
        """
        run = self.current_run()
        profile = manifest_of(run).policy.profile
        return (*(("simulated",) if run.simulated else ()), *((profile,) if profile else ()))

    def current_run(self) -> Run:
        """The run that readers see.

        Raises:
            StoreError: no run has finished yet.
        """
        if self.run is None:
            raise StoreError(
                "No run has finished in this workspace yet.",
                next_step="start one: fundwatch run --data DIR --workspace WS --area AREA",
            )
        return self.run

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names of the institutions by id: institutions are public, people are not."""
        query = select(Institution.provider_id, Institution.name)
        return dict(self.session.execute(query).all())

    @cached_property
    def institutions(self) -> Mapping[str, str]:
        """Ids of the institutions by pseudonym, so that an address never holds an id."""
        return {self.masked("provider", provider_id): provider_id for provider_id in self.names}

    @cached_property
    def subjects(self) -> Mapping[str, Sequence[str]]:
        """Ids of the alerts' subjects by pseudonym: people, institutions, accounts and groups."""
        found: dict[str, list[str]] = {}
        for kind, identity in self.session.execute(select(Alert.subject_kind, Alert.subject_id).distinct()):
            found.setdefault(self.masked(kind, identity), []).append(identity)
        return found

    def version(self) -> Version:
        """The state of the store that this reading sees."""
        last = self.session.scalar(select(func.max(AlertEvent.event_id)))
        return Version(self.run.run_id if self.run else None, last or 0)

    def page(
        self, filters: Filters, *, sort: str = "risk", page: int = 1, size: int | None = None
    ) -> list[Alert]:
        """A part of a list of alerts; the whole of it when ``size`` is None.

        The store sorts ids, which one index holds, and reads the rows of this page only.
        """
        ids = select(Alert.alert_id).where(where(self, filters)).order_by(*order(sort))
        if size is not None:
            ids = ids.limit(size).offset((page - 1) * size)
        query = select(Alert).where(Alert.alert_id.in_(ids)).order_by(*order(sort))
        return list(self.session.scalars(query))

    def totals(self, filters: Filters) -> Totals:
        """How many alerts a list holds and how much they are worth, each settlement once."""
        return totals(self, filters)

    def alert(self, alert_id: str) -> Alert:
        """One alert.

        Raises:
            UsageError: there is none of this id.
        """
        found = self.session.get(Alert, alert_id)
        if found is None:
            raise UsageError(f"There is no alert {alert_id}.", next_step="list them: fundwatch alerts")
        return found

    def card(self, digest: str) -> Card:
        """The card as it was when it raised an alert.

        Raises:
            StoreError: the store does not have this version of a card.
        """
        stored = self.session.get(CardVersion, digest)
        if stored is None:
            raise StoreError(f"The store has no card of version {digest}.")
        return card_from_json(stored.content, detector=stored.detector, digest=digest)

    def evidence(self, alert_id: str, *, page: int = 1, size: int | None = None) -> list[Evidence]:
        """Evidence of an alert by time, then id; all of it when ``size`` is None."""
        query = select(Evidence).where(Evidence.alert_id == alert_id)
        query = query.order_by(Evidence.settled_at, Evidence.settlement_id)
        if size is not None:
            query = query.limit(size).offset((page - 1) * size)
        return list(self.session.scalars(query))

    def settlement_ids(self) -> dict[str, list[str]]:
        """Ids of the evidence of every alert, sorted, by alert."""
        query = select(Evidence.alert_id, Evidence.settlement_id)
        found: dict[str, list[str]] = {}
        for alert_id, settlement_id in self.session.execute(
            query.order_by(Evidence.alert_id, Evidence.settlement_id)
        ):
            found.setdefault(alert_id, []).append(settlement_id)
        return found

    def records(self, alert_id: str, *, page: int = 1, size: int | None = None) -> list[RecordEvidence]:
        """Records that are evidence of an alert, by day, table and id; all of them when ``size`` is None."""
        one = RecordEvidence
        query = select(one).where(one.alert_id == alert_id)
        query = query.order_by(one.record_day, one.record_table, one.record_id)
        if size is not None:
            query = query.limit(size).offset((page - 1) * size)
        return list(self.session.scalars(query))

    def record_ids(self) -> dict[str, list[tuple[str, str]]]:
        """Table and id of the records that are evidence of every alert, sorted, by alert."""
        one = RecordEvidence
        query = select(one.alert_id, one.record_table, one.record_id)
        found: dict[str, list[tuple[str, str]]] = {}
        for alert_id, table, record in self.session.execute(
            query.order_by(one.alert_id, one.record_table, one.record_id)
        ):
            found.setdefault(alert_id, []).append((table, record))
        return found

    def events(self, alert_id: str) -> list[AlertEvent]:
        """What people and runs did to an alert, oldest first."""
        query = select(AlertEvent).where(AlertEvent.alert_id == alert_id).order_by(AlertEvent.event_id)
        return list(self.session.scalars(query))

    def assessability(self) -> list[Assessability]:
        """How far each detector could look in the current run, by detector."""
        query = select(Assessability).join(State, State.current_run_id == Assessability.run_id)
        return list(self.session.scalars(query.order_by(Assessability.detector)))

    def masked(self, kind: str, identity: str | None) -> str:
        """The pseudonym of an id; empty for none."""
        return mask(self.key, identity, kind) if identity else ""

    def shown(self, kind: str, identity: str | None) -> str:
        """An institution's name, anything else masked."""
        named = self.names.get(identity or "") if kind == "provider" else None
        return named or self.masked(kind, identity)

    def sentence(self, text: str) -> str:
        """A stored sentence with its ids masked and institutions named."""
        return render(text, self.key, names=self.names)


@contextmanager
def open_store(workspace: Workspace) -> Iterator[Reader]:
    """A reading of a workspace's store.

    Raises:
        StoreError: no run yet, not readable, or of another version.
    """
    engine = reading(workspace.store)
    try:
        with Session(engine, expire_on_commit=False) as session:
            yield Reader(session, workspace)
    finally:
        engine.dispose()


@contextmanager
def open_reader(root: Path) -> Iterator[Reader | None]:
    """The same for a folder; None where no run has finished yet.

    Raises:
        WorkspaceError: not a workspace.
        StoreError: the store cannot be read.
    """
    workspace = open_workspace(root)
    if not workspace.store.exists():
        yield None
        return
    with open_store(workspace) as reader:
        yield reader if reader.run else None
