"""Alerts that a subject is in: those about it, at its institution, or with it among the people involved."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import func, select

from detection.store.lifecycle import OPEN
from detection.store.queries.alerts import Row, listed
from detection.store.queries.filters import EVERY_ALERT, where
from detection.store.queries.reader import Reader
from detection.store.schema import Alert


@dataclass(frozen=True)
class AlertsOf:
    """One page of a subject's alerts, the open ones first, by rank; how many there are, and how many are open."""

    rows: tuple[Row, ...]
    total: int
    open: int


def alerts_of(reader: Reader, kind: str, pseudonym: str, *, page: int, size: int) -> AlertsOf:
    """Alerts of any status that a subject is in.

    Args:
        reader: the reading.
        kind: of the subject.
        pseudonym: of the subject.
        page: 1 is the first.
        size: rows of a page.
    """
    everything = replace(EVERY_ALERT, involved=f"{kind}:{pseudonym}")
    condition, is_open = where(reader.directory, everything), Alert.status.in_(OPEN)
    total, open_ones = (
        reader.session.scalar(select(func.count()).select_from(Alert).where(condition, *more)) or 0
        for more in ((), (is_open,))
    )
    query = select(Alert).where(condition).order_by(is_open.desc(), Alert.rank, Alert.alert_id)
    alerts = list(reader.session.scalars(query.limit(size).offset((page - 1) * size)))
    return AlertsOf(tuple(listed(reader, alerts)), total, open_ones)
