"""Which alerts a suppression is about: those of one detector about one subject, in one packet."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import aliased

from detection.store.casework.keys import same_packet
from detection.store.casework.tables import SuppressedAlert, Suppression
from detection.store.schema import Alert

IN_FORCE = "in_force"
EXPIRED = "expired"


def covers() -> ColumnElement[bool]:
    """The condition that joins a suppression to the alerts that it is about."""
    return and_(
        same_packet(Suppression, Alert),
        Suppression.detector == Alert.detector,
        Suppression.subject_kind == Alert.subject_kind,
        Suppression.subject_id == Alert.subject_id,
    )


def kept_dismissed(*, besides: int | None = None) -> Select[str]:
    """Ids of the alerts that suppressions in force keep dismissed, one of them aside."""
    own, other, alert = aliased(SuppressedAlert), aliased(Suppression), aliased(Alert)
    query = (
        select(own.alert_id)
        .join(other, other.suppression_id == own.suppression_id)
        .join(alert, alert.alert_id == own.alert_id)
        .where(other.state == IN_FORCE, own.shown.is_(False), alert.status == "dismissed")
    )
    return query if besides is None else query.where(other.suppression_id != besides)


def kept_only_by(number: int) -> Select[str, str]:
    """Alerts that this suppression keeps dismissed, and no other: their ids, and how the last run left them."""
    own, alert = aliased(SuppressedAlert), aliased(Alert)
    return (
        select(alert.alert_id, alert.change)
        .join(own, own.alert_id == alert.alert_id)
        .where(own.suppression_id == number, own.shown.is_(False), alert.status == "dismissed")
        .where(alert.alert_id.not_in(kept_dismissed(besides=number)))
        .order_by(alert.alert_id)
    )
