"""The only door through which the store is read: here its opening, beside it one module per screen.

What comes out holds real ids and fen; whoever shows or writes it masks (`detection.masking`). The rows are
those of `detection.store.schema`, detached: changing one changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from detection.store.connection import reading
from detection.store.lifecycle import OPEN
from detection.store.schema import (
    Alert,
    AlertEvent,
    Assessability,
    CardVersion,
    Evidence,
    Institution,
    Run,
    State,
)
from features.errors import StoreError, UsageError
from features.workspace import Workspace

Sort = Literal["rank", "amount"]


@dataclass(frozen=True)
class Filter:
    """Which alerts; an empty text asks for everything. ``status="open"`` is every open one."""

    detector: str = ""
    family: str = ""
    severity: str = ""
    status: str = ""
    change: str = ""
    subject_kind: str = ""
    subject_id: str = ""
    provider_id: str = ""


@dataclass(frozen=True)
class Page:
    """A part of a list of alerts, and how many and how much the whole list is.

    Attributes:
        rows: the alerts of this page.
        total: number of alerts of the whole list.
        pool, account: fen at issue of the whole list, each settlement once.
    """

    rows: Sequence[Alert]
    total: int
    pool: int
    account: int


@contextmanager
def open_session(workspace: Workspace) -> Iterator[Session]:
    """A read-only session of the store: one consistent state, however long it lasts.

    Raises:
        StoreError: no run yet, not readable, or of another version.
    """
    engine = reading(workspace.store)
    try:
        with Session(engine, expire_on_commit=False) as session:
            yield session
    finally:
        engine.dispose()


@contextmanager
def open_store(workspace: Workspace) -> Iterator[StoreReader]:
    """The store, open for reading.

    Raises:
        StoreError: no run yet, not readable, or of another version.
    """
    with open_session(workspace) as session:
        yield StoreReader(session)


class StoreReader:
    """What does not belong to one screen: the run, its alerts, and what is kept with each."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def current_run(self) -> Run:
        """The run that readers see.

        Raises:
            StoreError: no run has finished yet.
        """
        run = self._session.scalar(select(Run).join(State, State.current_run_id == Run.run_id))
        if run is None:
            raise StoreError(
                "No run has finished in this workspace yet.",
                next_step="start one: fundwatch run --data DIR --workspace WS --area AREA",
            )
        return run

    def alerts(
        self, which: Filter | None = None, *, sort: Sort = "rank", page: int = 1, size: int | None = 25
    ) -> Page:
        """Alerts, filtered, sorted and paged by the store.

        Args:
            which: all of them when None.
            sort: by rank (1 first), or by amount (most first).
            page: 1 is the first.
            size: rows of a page; the whole list when None.
        """
        asked = _conditions(which or Filter())
        order = (
            [Alert.rank, Alert.alert_id] if sort == "rank" else [Alert.amount_at_issue.desc(), Alert.alert_id]
        )
        query = select(Alert).where(*asked).order_by(*order)
        if size is not None:
            query = query.limit(size).offset((page - 1) * size)
        total = self._session.scalar(select(func.count()).select_from(Alert).where(*asked)) or 0
        pool, account = self._once(asked)
        return Page(list(self._session.scalars(query)), total, pool, account)

    def _once(self, asked: Sequence[ColumnElement[bool]]) -> tuple[int, int]:
        cited = (
            select(
                func.max(Evidence.pool).label("pool"),
                func.max(Evidence.account).label("account"),
            )
            .join(Alert, Alert.alert_id == Evidence.alert_id)
            .where(*asked)
            .group_by(Evidence.settlement_id)
            .subquery()
        )
        pool, account = self._session.execute(select(func.sum(cited.c.pool), func.sum(cited.c.account))).one()
        return int(pool or 0), int(account or 0)

    def alert(self, alert_id: str) -> Alert:
        """One alert.

        Raises:
            UsageError: there is none of this id.
        """
        found = self._session.get(Alert, alert_id)
        if found is None:
            raise UsageError(f"There is no alert {alert_id}.", next_step="list them: fundwatch alerts")
        return found

    def card(self, digest: str) -> dict[str, Any]:
        """The card as it was when it raised an alert; empty when the store does not have it."""
        found = self._session.get(CardVersion, digest)
        return found.content if found else {}

    def evidence(self, alert_id: str, *, page: int = 1, size: int | None = None) -> list[Evidence]:
        """Evidence of an alert by time, then id; all of it when ``size`` is None."""
        query = select(Evidence).where(Evidence.alert_id == alert_id)
        query = query.order_by(Evidence.settled_at, Evidence.settlement_id)
        if size is not None:
            query = query.limit(size).offset((page - 1) * size)
        return list(self._session.scalars(query))

    def settlement_ids(self) -> dict[str, list[str]]:
        """Ids of the evidence of every alert, sorted, by alert."""
        query = select(Evidence.alert_id, Evidence.settlement_id)
        found: dict[str, list[str]] = {}
        for alert_id, settlement_id in self._session.execute(
            query.order_by(Evidence.alert_id, Evidence.settlement_id)
        ):
            found.setdefault(alert_id, []).append(settlement_id)
        return found

    def events(self, alert_id: str) -> list[AlertEvent]:
        """What people and runs did to an alert, oldest first."""
        query = select(AlertEvent).where(AlertEvent.alert_id == alert_id).order_by(AlertEvent.event_id)
        return list(self._session.scalars(query))

    def assessability(self) -> list[Assessability]:
        """How far each detector could look in the current run, by detector."""
        query = select(Assessability).join(State, State.current_run_id == Assessability.run_id)
        return list(self._session.scalars(query.order_by(Assessability.detector)))

    def provider_names(self) -> dict[str, str]:
        """Names of the institutions by id."""
        return {one.provider_id: one.name for one in self._session.scalars(select(Institution))}


def _conditions(which: Filter) -> list[ColumnElement[bool]]:
    asked = [
        getattr(Alert, name) == value for name, value in vars(which).items() if value and name != "status"
    ]
    if which.status == "open":
        asked.append(Alert.status.in_(OPEN))
    elif which.status:
        asked.append(Alert.status == which.status)
    return asked
