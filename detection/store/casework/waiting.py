"""Which alerts wait for work on the desk."""

from __future__ import annotations

from sqlalchemy import ColumnElement

from detection.store.engines.sql import Unindexed
from detection.store.lifecycle import OPEN
from detection.store.schema import Alert

FINISHED = ("closed", "looked_back", "ended")
"""States in which the work on the alerts of a lead or a case is done."""


def waiting(*, by_status: bool = True) -> ColumnElement[bool]:
    """The condition that an alert waits: its status is open; that of an alert of a finished case is not.

    Args:
        by_status: whether an index may be read by status; False where alerts are read in the order of another one.
    """
    status = Alert.status if by_status else Unindexed(Alert.status)
    return status.in_(OPEN)
