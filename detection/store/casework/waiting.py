"""Which alerts wait for work on the desk."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, not_, select

from detection.cases.life_cycle import ended_states
from detection.store.casework.tables import CaseAlert, CaseFile
from detection.store.lifecycle import OPEN
from detection.store.schema import Alert

FINISHED = ("closed", "looked_back", "ended")
"""States in which the work on the alerts of a lead or a case is done."""


def waiting() -> ColumnElement[bool]:
    """The condition that an alert waits: its status is open, and no finished lead or case is the last word on it."""
    finished = and_(_in_case(CaseFile.state.in_(FINISHED)), ~_in_case(CaseFile.state.not_in(ended_states())))
    return and_(Alert.status.in_(OPEN), not_(and_(Alert.status == "escalated", finished)))


def _in_case(state: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(CaseAlert.case_id)
        .join(CaseFile, CaseFile.case_id == CaseAlert.case_id)
        .where(CaseAlert.alert_id == Alert.alert_id, state)
        .exists()
    )
