"""An act of a person on an alert, inside a transaction of the writer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, true, update

from detection.cases.life_cycle import ended_states
from detection.store.audit.append import append
from detection.store.audit.drafts import act_entry
from detection.store.casework.tables import CaseAlert, CaseFile
from detection.store.lifecycle import Past, next_status
from detection.store.schema import Alert, AlertEvent
from features.errors import UsageError


@dataclass(frozen=True)
class Acted:
    """What an act on an alert left: the alert's status, and the id of the event that was appended."""

    status: str
    event_id: int


def act(
    connection: Connection,
    alert_id: str,
    *,
    actor: str,
    action: str,
    note: str,
    at: str,
    seen: int | None,
    role: str,
    never: Collection[str] = (),
    districts: Collection[str] | None = None,
) -> Acted:
    """Change the alert, append the event, and enter both; the arguments are those of `Writer.act`.

    Raises:
        UsageError: the act is refused; nothing was written.
    """
    visible = true() if districts is None else Alert.district.in_(districts)
    status = connection.scalar(select(Alert.status).where(Alert.alert_id == alert_id, visible))
    if status is None:
        raise UsageError(
            "There is no alert {alert_id}.",
            next_step="list them: fundwatch alerts",
            alert_id=alert_id,
        )
    if action != "escalate":
        _refuse_in_case(connection, alert_id)
    event = AlertEvent
    past = connection.execute(
        select(event.event_id, event.actor, event.action, event.status_before)
        .where(event.alert_id == alert_id)
        .order_by(event.event_id)
    ).all()
    if seen is not None and past and past[-1].event_id > seen:
        raise UsageError(
            "Alert {alert_id} was changed meanwhile.",
            next_step="look at what was done, and act again",
            alert_id=alert_id,
        )
    events = [Past(row.actor, row.action, row.status_before) for row in past]
    after = next_status(status, action, note, events)
    if after in never:
        raise UsageError(
            "Your role may not leave an alert {status}.",
            next_step="ask a reviewer or a supervisor",
            status=after,
        )
    connection.execute(update(Alert).where(Alert.alert_id == alert_id).values(status=after))
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
    append(
        connection,
        act_entry(
            alert_id,
            actor=actor,
            role=role,
            action=action,
            note=note,
            at=at,
            statuses=(status, after),
            event_id=int(event_id),
        ),
    )
    return Acted(after, int(event_id))


def _refuse_in_case(connection: Connection, alert_id: str) -> None:
    """Refuse to take one alert out of a lead or a case that runs: they move together."""
    case_id = connection.scalar(
        select(CaseFile.case_id)
        .join(CaseAlert, CaseAlert.case_id == CaseFile.case_id)
        .where(CaseAlert.alert_id == alert_id, CaseFile.state.not_in(ended_states()))
        .order_by(CaseFile.case_id)
    )
    if case_id:
        raise UsageError(
            "This alert is in case {case_id}.",
            next_step="see it: fundwatch case show {case_id}",
            case_id=case_id,
        )
