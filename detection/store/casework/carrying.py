"""What suppressions, cases and audits hold of an alert whose method changed, they hold of the alert in its place."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, insert, literal, select, update
from sqlalchemy.orm import InstrumentedAttribute, aliased

from detection.store.casework.tables import CaseAlert, RandomAudit, SuppressedAlert
from detection.store.successors import Successor

_OTHERS: tuple[tuple[type[CaseAlert] | type[SuppressedAlert], str, str], ...] = (
    (SuppressedAlert, "suppression_id", "shown"),
    (CaseAlert, "case_id", "event_id"),
)
"""Tables with the alerts of something: the columns that name it, and what else a row says."""


def carry_over(connection: Connection, carried: Iterable[Successor]) -> None:
    """Put each new alert where the alert before it is; what is there already stays."""
    for each in carried:
        for table, owner, rest in _OTHERS:
            there = aliased(table)
            own: InstrumentedAttribute[object] = getattr(table, owner)
            known = select(getattr(there, owner)).where(there.alert_id == each.alert_id)
            rows = select(own, literal(each.alert_id), getattr(table, rest))
            rows = rows.where(table.alert_id == each.before, own.not_in(known))
            connection.execute(insert(table).from_select([owner, "alert_id", rest], rows))
        audit = RandomAudit
        connection.execute(update(audit).where(audit.alert_id == each.before).values(alert_id=each.alert_id))
