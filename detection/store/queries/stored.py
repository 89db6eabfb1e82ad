"""Rows as the store has them, with real ids: for the other modules of this package, never for what is shown."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from detection.detectors.card_content import card_from_json
from detection.detectors.cards import Card
from detection.store.queries.filters import Filters, order, where
from detection.store.queries.reader import Reader
from detection.store.schema import (
    Alert,
    AlertEvent,
    Assessability,
    CardVersion,
    Evidence,
    RecordEvidence,
    State,
)
from features.errors import StoreError, UsageError


def alert(reader: Reader, alert_id: str) -> Alert:
    """One alert.

    Raises:
        UsageError: there is none of this id.
    """
    row = reader.session.get(Alert, alert_id)
    if row is None:
        raise UsageError(
            "There is no alert {alert_id}.", next_step="list them: fundwatch alerts", alert_id=alert_id
        )
    return row


def alerts(
    reader: Reader, filters: Filters, *, sort: str = "risk", page: int = 1, size: int | None = None
) -> list[Alert]:
    """A page of a list of alerts (1 is the first); the whole list when ``size`` is None.

    The store sorts ids, which one index holds, and reads the rows of this page only.
    """
    condition = where(reader.directory, filters)
    ids = _page(select(Alert.alert_id).where(condition).order_by(*order(sort)), page, size)
    return list(reader.session.scalars(select(Alert).where(Alert.alert_id.in_(ids)).order_by(*order(sort))))


def evidence(reader: Reader, alert_id: str, *, page: int = 1, size: int | None = None) -> list[Evidence]:
    """Settlements of an alert by time, then id."""
    query = select(Evidence).where(Evidence.alert_id == alert_id)
    query = query.order_by(Evidence.settled_at, Evidence.settlement_id)
    return list(reader.session.scalars(_page(query, page, size)))


def records(reader: Reader, alert_id: str, *, page: int = 1, size: int | None = None) -> list[RecordEvidence]:
    """Records of an alert by day, table and id."""
    row = RecordEvidence
    query = select(row).where(row.alert_id == alert_id)
    query = query.order_by(row.record_day, row.record_table, row.record_id)
    return list(reader.session.scalars(_page(query, page, size)))


def settlement_ids(reader: Reader) -> dict[str, list[str]]:
    """Ids of the settlements of every alert, sorted, by alert."""
    query = select(Evidence.alert_id, Evidence.settlement_id)
    ids: dict[str, list[str]] = {}
    for alert_id, settlement_id in reader.session.execute(
        query.order_by(Evidence.alert_id, Evidence.settlement_id)
    ):
        ids.setdefault(alert_id, []).append(settlement_id)
    return ids


def record_ids(reader: Reader) -> dict[str, list[tuple[str, str]]]:
    """Table and id of the records of every alert, sorted, by alert."""
    row = RecordEvidence
    query = select(row.alert_id, row.record_table, row.record_id)
    ids: dict[str, list[tuple[str, str]]] = {}
    for alert_id, table, record in reader.session.execute(
        query.order_by(row.alert_id, row.record_table, row.record_id)
    ):
        ids.setdefault(alert_id, []).append((table, record))
    return ids


def events(reader: Reader, alert_id: str) -> list[AlertEvent]:
    """What people and runs did to an alert, oldest first."""
    query = select(AlertEvent).where(AlertEvent.alert_id == alert_id).order_by(AlertEvent.event_id)
    return list(reader.session.scalars(query))


def assessability(reader: Reader) -> list[Assessability]:
    """How much of the data each detector could assess in the current run, by detector."""
    query = select(Assessability).join(State, State.current_run_id == Assessability.run_id)
    return list(reader.session.scalars(query.order_by(Assessability.detector)))


def card(reader: Reader, digest: str) -> Card:
    """The card as it was when it raised an alert.

    Raises:
        StoreError: the store does not have this version of a card.
    """
    row = reader.session.get(CardVersion, digest)
    if row is None:
        raise StoreError("The store has no card of version {digest}.", digest=digest)
    return card_from_json(row.content, detector=row.detector, digest=digest)


def _page(query: Select[Any], page: int, size: int | None) -> Select[Any]:
    return query if size is None else query.limit(size).offset((page - 1) * size)
