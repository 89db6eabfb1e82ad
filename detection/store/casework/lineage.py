"""What was done to a case before it was split from another: its clocks and its rules of several people go on."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, or_, select

from detection.cases.moves import Done
from detection.store.casework.tables import CaseEvent, CaseFile, CaseLink

SPLIT = "split"
MERGED = "merged"


def inherited(connection: Connection, case_id: str) -> tuple[CaseEvent, ...]:
    """Events of the cases that a case was split from, each up to the split, oldest first."""
    events: list[CaseEvent] = []
    while parent := _parent(connection, case_id):
        case_id, last = parent
        event = CaseEvent
        rows = connection.execute(
            select(event.__table__)
            .where(event.case_id == case_id, event.event_id <= last)
            .order_by(event.event_id)
        )
        events = [*(CaseEvent(**row._mapping) for row in rows), *events]
    return tuple(events)


def inherited_by(connection: Connection, case_ids: Sequence[str]) -> dict[str, tuple[CaseEvent, ...]]:
    """`inherited` of those of some cases that were split from others."""
    split = connection.scalars(
        select(CaseLink.case_id).where(CaseLink.kind == SPLIT, CaseLink.case_id.in_(case_ids))
    )
    return {case_id: inherited(connection, case_id) for case_id in split.all()}


def past(connection: Connection, case_id: str) -> tuple[Done, ...]:
    """All moves and records of a case, and those before it was split from another, oldest first."""
    event = CaseEvent
    own = connection.execute(
        select(event.move, event.actor).where(event.case_id == case_id).order_by(event.event_id)
    )
    before = inherited(connection, case_id)
    return (
        *(Done(each.move, each.actor) for each in before),
        *(Done(move, actor) for move, actor in own),
    )


def family(connection: Connection, case_id: str) -> list[str]:
    """A case and those that it was split from or merged with, or that were split from it, the oldest first."""
    members, fresh, link = {case_id}, {case_id}, CaseLink
    while fresh:
        pairs = connection.execute(
            select(link.case_id, link.other_id).where(
                link.kind.in_((SPLIT, MERGED)), or_(link.case_id.in_(fresh), link.other_id.in_(fresh))
            )
        )
        fresh = {case for pair in pairs for case in pair} - members
        members |= fresh
    first = (
        select(CaseEvent.case_id)
        .join(CaseFile, CaseFile.case_id == CaseEvent.case_id)
        .where(CaseEvent.case_id.in_(members), CaseFile.kind == "case")
        .group_by(CaseEvent.case_id)
        .order_by(func.min(CaseEvent.event_id))
    )
    return [*connection.scalars(first)]


def _parent(connection: Connection, case_id: str) -> tuple[str, int] | None:
    link = CaseLink
    row = connection.execute(
        select(link.other_id, link.event_id).where(link.case_id == case_id, link.kind == SPLIT)
    ).first()
    return (row.other_id, row.event_id) if row else None
