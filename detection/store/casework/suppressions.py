"""Suppressions: proposed by one person, confirmed by another, carried out by every run until their day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, insert, literal, select, update

from detection.cases.life_cycle import life_cycle
from detection.cases.moves import Act, Actor, Done, Standing, after, begin
from detection.store.acting import act as act_on_alert
from detection.store.casework.acting import ActWriter
from detection.store.casework.covering import covers, kept_dismissed, kept_only_by
from detection.store.casework.tables import SuppressedAlert, Suppression
from detection.store.lifecycle import ALERTS, OPEN
from detection.store.schema import Alert
from features.errors import UsageError

_CYCLE = life_cycle("suppression")
_DAY = 10
_CONFIRM, _LIFT = "confirm_suppression", "lift_suppression"


@dataclass(frozen=True)
class Suppressed:
    """What an act left: number and state of the suppression, and how many alerts it dismissed or opened again."""

    number: int
    state: str
    alerts: int


class SuppressionWriter(ActWriter):
    """Suppressions of a workspace, open for writing."""

    def propose(self, alert_id: str, actor: Actor, act: Act, at: str) -> Suppressed:
        """Propose to dismiss an alert, and others of its detector about its subject, until a day.

        Raises:
            MoveRefusedError: the role, the reason, the code or the day does not do; all reasons.
            UsageError: no such alert of a packet is open, or kept dismissed by a suppression that this one renews.
        """
        with self.acting(act.move, f"alert:{alert_id}", actor, at, act.reason) as entering:
            connection = entering.connection
            state = begin(_CYCLE, actor, act)
            alert = connection.execute(
                select(Alert.__table__).where(Alert.alert_id == alert_id, Alert.packet_subject.is_not(None))
            ).first()
            if alert is None or not (alert.status in OPEN or _suppressed_before(connection, alert_id)):
                raise UsageError(
                    "There is no open alert {alert_id}.",
                    next_step="choose an alert of the packet",
                    alert_id=alert_id,
                )
            stored = connection.execute(
                insert(Suppression).values(
                    queue=alert.queue,
                    packet_kind=alert.packet_kind,
                    packet_subject=alert.packet_subject,
                    detector=alert.detector,
                    subject_kind=alert.subject_kind,
                    subject_id=alert.subject_id,
                    state=state,
                    owner=actor.name,
                    code=act.code,
                    reason=act.reason.strip(),
                    proposed_at=at,
                    expires_on=(act.until or act.on).isoformat(),
                    second=None,
                    second_at=None,
                    second_reason="",
                )
            )
            [number] = stored.inserted_primary_key or (0,)
            entering.enter(after={"suppression": int(number), "detector": alert.detector, "code": act.code})
            return Suppressed(int(number), state, 0)

    def decide(self, number: int, actor: Actor, act: Act, at: str) -> Suppressed:
        """Confirm, refuse or lift a suppression; alerts are dismissed, or open again.

        Raises:
            MoveRefusedError: not allowed, for instance to the person who proposed it; all reasons.
            UsageError: there is none of this number.
        """
        with self.acting(act.move, f"suppression:{number}", actor, at, act.reason) as entering:
            connection = entering.connection
            row = connection.execute(
                select(Suppression.__table__).where(Suppression.suppression_id == number)
            ).first()
            if row is None:
                raise UsageError(
                    "There is no suppression {number}.",
                    next_step="see them on the page of the packet",
                    number=number,
                )
            standing = Standing(
                row.state,
                (Done("propose_suppression", row.owner),),
                ends=dt.date.fromisoformat(row.expires_on),
            )
            state = after(_CYCLE, standing, actor, act)
            count = 0
            if act.move == _CONFIRM:
                _renew(connection, number)
                count = _dismiss(connection, row, actor, at)
            elif act.move == _LIFT:
                count = _reopen(connection, number, actor, act, at)
            connection.execute(
                update(Suppression)
                .where(Suppression.suppression_id == number)
                .values(state=state, **_second(actor, act, at))
            )
            entering.enter(before={"state": row.state}, after={"state": state, "alerts": count})
            return Suppressed(number, state, count)


def _second(actor: Actor, act: Act, at: str) -> dict[str, str]:
    """Columns of the second person; whoever lifts a suppression does not take the place of who confirmed it."""
    if act.move == _LIFT:
        return {}
    return {"second": actor.name, "second_at": at, "second_reason": act.reason.strip()}


def _dismiss(connection: Connection, row: Row[Any], actor: Actor, at: str) -> int:
    """Dismiss the open alerts that the suppression is about; those that were escalated stay."""
    alerts = [
        alert_id
        for alert_id, status in _open_alerts(connection, row.suppression_id)
        if ALERTS.move["suppress"].starts_from(status)
    ]
    for alert_id in alerts:
        act = Act("suppress", dt.date.fromisoformat(at[:_DAY]), reason=str(row.reason))
        act_on_alert(connection, alert_id, act, actor=actor, at=at, carries_out=True)
        connection.execute(
            insert(SuppressedAlert).values(suppression_id=row.suppression_id, alert_id=alert_id, shown=False)
        )
    return len(alerts)


def _renew(connection: Connection, number: int) -> None:
    """Keep dismissed what earlier suppressions of the same alerts keep, so that it stays when they end."""
    kept = (
        select(literal(number), Alert.alert_id, literal(False))
        .join(Suppression, covers())
        .where(Suppression.suppression_id == number, Alert.alert_id.in_(kept_dismissed()))
    )
    connection.execute(insert(SuppressedAlert).from_select(["suppression_id", "alert_id", "shown"], kept))


def _reopen(connection: Connection, number: int, actor: Actor, act: Act, at: str) -> int:
    """Open the alerts again that only this suppression keeps dismissed."""
    alerts = connection.scalars(kept_only_by(number)).all()
    for alert_id in alerts:
        act_on_alert(connection, alert_id, replace(act, move="reopen"), actor=actor, at=at)
    return len(alerts)


def _suppressed_before(connection: Connection, alert_id: str) -> bool:
    kept = kept_dismissed().subquery()
    return connection.scalar(select(kept.c.alert_id).where(kept.c.alert_id == alert_id).limit(1)) is not None


def _open_alerts(connection: Connection, number: int) -> list[tuple[str, str]]:
    rows = connection.execute(
        select(Alert.alert_id, Alert.status)
        .join(Suppression, covers())
        .where(Suppression.suppression_id == number, Alert.status.in_(OPEN))
        .order_by(Alert.alert_id)
    )
    return [(alert_id, status) for alert_id, status in rows]
