"""An act of a person on an alert, inside a transaction of the writer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Row, insert, select, true, update

from detection.cases.life_cycle import ended_states
from detection.cases.moves import Act, Actor, Done, Standing, after
from detection.cases.second_review import second_review
from detection.store.audit.append import append
from detection.store.audit.drafts import act_entry
from detection.store.casework.keys import PacketKey
from detection.store.casework.sampling import select_dismissed
from detection.store.casework.tables import CaseAlert, CaseFile
from detection.store.lifecycle import ALERTS, DISMISS, OPEN, UNDO, Past, moves_made, standing_events, undone
from detection.store.packets.keeping import keep
from detection.store.schema import Alert, AlertEvent
from features.errors import UsageError

_PROPOSE, _SMALL, _SUPPRESS = "propose_dismissal", "dismiss_small", "suppress"
_DISMISSED = "dismissed"
_OF_CASES = ("escalate", "settle", "take_up_again")
"""Moves that the alerts of a running lead or case may make."""


@dataclass(frozen=True)
class Acted:
    """What an act on an alert left: the alert's status, and the id of the event that was appended."""

    status: str
    event_id: int


def act(
    connection: Connection,
    alert_id: str,
    act: Act,
    *,
    actor: Actor,
    at: str,
    seen: int | None = None,
    carries_out: bool = False,
) -> Acted:
    """Change the alert, append the event, and enter both.

    Args:
        connection: in a transaction.
        alert_id: the alert.
        act: a move of the life cycle of alerts, ``dismiss`` or ``undo``.
        actor: who, in which role, for which districts.
        at: ISO time.
        seen: the store's last event that the actor knows of; None acts on whatever happened meanwhile.
        carries_out: whether a suppression or a case that people decided says so.

    Raises:
        MoveRefusedError: the life cycle does not allow it; all reasons. Nothing was written.
        UsageError: there is no such alert, it is in a case, or it was changed meanwhile. Nothing was written.
    """
    alert = _stored(connection, alert_id, actor)
    if act.move not in _OF_CASES:
        _refuse_in_case(connection, alert_id)
    past = _past(connection, alert_id, seen)
    if act.move == UNDO:
        status = undone(past, actor.name).status_before
        columns = _columns_before(past)
    else:
        act = replace(act, move=_move(act.move, alert))
        status = after(ALERTS, _standing(alert, past, carries_out=carries_out), actor, act)
        columns = _columns(act, actor)
    connection.execute(update(Alert).where(Alert.alert_id == alert_id).values(status=status, **columns))
    if (alert.status in OPEN) != (status in OPEN):
        keep(connection, PacketKey(alert.queue, str(alert.packet_kind), str(alert.packet_subject)))
    until = act.until.isoformat() if act.until else ""
    appended = connection.execute(
        insert(AlertEvent).values(
            alert_id=alert_id,
            at=at,
            actor=actor.name,
            action=act.move,
            status_before=alert.status,
            status_after=status,
            note=act.reason.strip(),
            code=act.code,
            until=until,
        )
    )
    [event_id] = appended.inserted_primary_key or (0,)
    if status == _DISMISSED and act.move != UNDO:
        select_dismissed(connection, alert_id, at)
    append(
        connection, act_entry(alert_id, act, actor, at, statuses=(alert.status, status), event_id=event_id)
    )
    return Acted(status, int(event_id))


_Stored = Row[str, str, int, int, str | None, str, str | None, str | None]
"""Id, status, money, who proposes to dismiss, and the packet, of an alert."""


def _stored(connection: Connection, alert_id: str, actor: Actor) -> _Stored:
    visible = true() if actor.districts is None else Alert.district.in_(actor.districts)
    columns = (Alert.alert_id, Alert.status, Alert.pool_at_issue, Alert.account_at_issue, Alert.proposed_by)
    packet = Alert.queue, Alert.packet_kind, Alert.packet_subject
    row = connection.execute(select(*columns, *packet).where(Alert.alert_id == alert_id, visible)).first()
    if row is None:
        raise UsageError(
            "There is no alert {alert_id}.",
            next_step="list them: fundwatch alerts",
            alert_id=alert_id,
        )
    return row


def _past(connection: Connection, alert_id: str, seen: int | None) -> list[Past]:
    """The alert's events, oldest first."""
    event = AlertEvent
    rows = connection.execute(
        select(event.event_id, event.actor, event.action, event.status_before, event.code, event.until)
        .where(event.alert_id == alert_id)
        .order_by(event.event_id)
    ).all()
    if seen is not None and rows and rows[-1].event_id > seen:
        raise UsageError(
            "Alert {alert_id} was changed meanwhile.",
            next_step="look at what was done, and act again",
            alert_id=alert_id,
        )
    return [Past(row.actor, row.action, row.status_before, row.code, row.until) for row in rows]


def _move(request: str, alert: _Stored) -> str:
    """The move of the life cycle: who wants to dismiss proposes it where a second person must review it."""
    if request != DISMISS:
        return request
    return _PROPOSE if _reviewed(alert) else _SMALL


def _reviewed(alert: _Stored) -> bool:
    return second_review(alert.alert_id, alert.pool_at_issue, alert.account_at_issue)


def _standing(alert: _Stored, past: Sequence[Past], *, carries_out: bool) -> Standing:
    """Where it stands; the proposal of an alert that this one took the place of is no event of its own."""
    proposed = (Done(_PROPOSE, alert.proposed_by),) if alert.proposed_by else ()
    return Standing(
        alert.status,
        (*proposed, *moves_made(past)),
        second_review=_reviewed(alert),
        carries_out=carries_out,
    )


def _columns(act: Act, actor: Actor) -> dict[str, str | None]:
    """What the alert keeps of a move besides its status."""
    match act.move:
        case "propose_dismissal" | "dismiss_small":
            return {"proposed_by": actor.name, "verdict": act.code}
        case "suppress":
            return {"proposed_by": None, "verdict": ""}
        case "snooze":
            return {"snoozed_until": (act.until or dt.date.max).isoformat()}
        case _:
            return {}


def _columns_before(past: Sequence[Past]) -> dict[str, str | None]:
    """What the alert kept before the last act that stands; nothing where no event of its own says it."""
    columns: dict[str, str | None] = {}
    for event in standing_events(past)[:-1]:
        if event.action in (_PROPOSE, _SMALL):
            columns |= {"proposed_by": event.actor, "verdict": event.code}
        elif event.action == _SUPPRESS:
            columns |= {"proposed_by": None, "verdict": ""}
        elif event.until:
            columns |= {"snoozed_until": event.until}
    return columns


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
