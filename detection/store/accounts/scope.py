"""Readings that are limited to districts: alerts of others, and what belongs to them, are not there.

The limit is put on every query of the session, so that no query can forget it. Alerts without a district are of none.
What a run keeps in files (scores, subjects, indicators) is not limited: screens that show it are not for such readers.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import event, select
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from detection.store.schema import Alert, AlertEvent, Evidence, RecordEvidence, SharedEvidence

_OF_ALERTS = (Evidence, RecordEvidence, SharedEvidence, AlertEvent)


def limit_to_districts(session: Session, districts: Sequence[str] | None) -> None:
    """Let a session see the alerts of some districts alone.

    Args:
        session: of one reading.
        districts: codes; None changes nothing.
    """
    if districts is None:
        return
    table = Alert.__table__  # not the class: its own limit would be put into the subquery once more
    seen = select(table.c.alert_id).where(table.c.district.in_(districts))
    limits = [
        with_loader_criteria(Alert, Alert.district.in_(districts), include_aliases=True),
        *(with_loader_criteria(row, row.alert_id.in_(seen), include_aliases=True) for row in _OF_ALERTS),
    ]

    @event.listens_for(session, "do_orm_execute")
    def _limited(query: ORMExecuteState) -> None:
        if query.is_select:
            query.statement = query.statement.options(*limits)
