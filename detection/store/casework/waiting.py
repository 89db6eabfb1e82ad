"""Which alerts wait for work on the desk."""

from __future__ import annotations

from sqlalchemy import ColumnElement

from detection.store.lifecycle import OPEN
from detection.store.schema import Alert

FINISHED = ("closed", "looked_back", "ended")
"""States in which the work on the alerts of a lead or a case is done."""


def waiting() -> ColumnElement[bool]:
    """The condition that an alert waits: its status is open; that of an alert of a finished case is not."""
    return Alert.status.in_(OPEN)
