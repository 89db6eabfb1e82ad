"""Dismissals of single alerts that wait for a second person."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from detection.store.queries.alerts import Filters, Row, rows
from detection.store.queries.reader import Reader
from detection.store.schema import AlertEvent


@dataclass(frozen=True)
class Proposal:
    """An alert that somebody wants to dismiss.

    Attributes:
        row: the alert, with who proposes and the verdict.
        at: ISO time of the proposal; empty where it was carried over from an alert that this one took the place of.
        reason: what the person wrote.
        last_event: what a decision on it must have seen.
    """

    row: Row
    at: str
    reason: str
    last_event: int


def proposals(reader: Reader) -> list[Proposal]:
    """All dismissals that wait, most money first."""
    waiting = rows(reader, Filters(status="proposed"), sort="money")
    event, ids = AlertEvent, [row.alert_id for row in waiting]
    newest = dict(
        reader.session.execute(
            select(event.alert_id, func.max(event.event_id))
            .where(event.alert_id.in_(ids))
            .group_by(event.alert_id)
        ).all()
    )
    made = {
        alert_id: (at, note)
        for alert_id, at, note in reader.session.execute(
            select(event.alert_id, event.at, event.note)
            .where(event.alert_id.in_(ids), event.action == "propose_dismissal")
            .order_by(event.event_id)
        )
    }
    return [
        Proposal(row, *made.get(row.alert_id, ("", "")), last_event=newest.get(row.alert_id, 0))
        for row in waiting
    ]
