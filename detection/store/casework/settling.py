"""Alerts follow their case: settled when it is finished, on the desk again when it goes on."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from detection.cases.life_cycle import ended_states
from detection.cases.moves import Act, Actor
from detection.store.acting import act
from detection.store.casework.tables import CaseAlert, CaseFile
from detection.store.casework.waiting import FINISHED
from detection.store.schema import Alert

_DAY = 10


def follow(connection: Connection, case_id: str, states: tuple[str, str], actor: Actor, at: str) -> None:
    """Move the alerts of a lead or a case after it was moved.

    Args:
        connection: in the transaction of the move.
        case_id: its number.
        states: those before and after the move.
        actor: who moved it.
        at: ISO time.
    """
    before, after = (state in FINISHED for state in states)
    if before == after:
        return
    move, status = ("settle", "escalated") if after else ("take_up_again", "settled")
    own, other, file = CaseAlert, aliased(CaseAlert), aliased(CaseFile)
    running = (
        select(other.case_id)
        .join(file, file.case_id == other.case_id)
        .where(other.alert_id == own.alert_id, other.case_id != case_id, file.state.not_in(ended_states()))
        .exists()
    )
    alerts = (
        select(own.alert_id)
        .join(Alert, Alert.alert_id == own.alert_id)
        .where(own.case_id == case_id, Alert.status == status, ~running)
        .order_by(own.alert_id)
    )
    day = dt.date.fromisoformat(at[:_DAY])
    for alert_id in connection.scalars(alerts).all():
        act(connection, alert_id, Act(move, day, reason=case_id), actor=actor, at=at, carries_out=True)
