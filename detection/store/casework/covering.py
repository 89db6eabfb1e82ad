"""Which alerts a suppression is about: those of one detector about one subject, in one packet."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_

from detection.store.casework.tables import Suppression
from detection.store.schema import Alert


def covers() -> ColumnElement[bool]:
    """The condition that joins a suppression to the alerts that it is about."""
    return and_(
        Suppression.queue == Alert.queue,
        Suppression.packet_kind == Alert.packet_kind,
        Suppression.packet_subject == Alert.packet_subject,
        Suppression.detector == Alert.detector,
        Suppression.subject_kind == Alert.subject_kind,
        Suppression.subject_id == Alert.subject_id,
    )
