"""Alerts that a subject is in: those about it, at its institution, or with it among the people involved."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, and_, cast, func, or_, select

from detection.store.lifecycle import OPEN
from detection.store.queries.alerts import Row, listed
from detection.store.queries.reader import Reader
from detection.store.queries.subjects.lookup import subject_id
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
    identity = subject_id(reader, kind, pseudonym)
    if not identity:
        return AlertsOf((), 0, 0)
    condition, is_open = _involved(kind, identity), Alert.status.in_(OPEN)
    total, open_ones = (
        reader.session.scalar(select(func.count()).select_from(Alert).where(condition, *more)) or 0
        for more in ((), (is_open,))
    )
    query = select(Alert).where(condition).order_by(is_open.desc(), Alert.rank, Alert.alert_id)
    alerts = list(reader.session.scalars(query.limit(size).offset((page - 1) * size)))
    return AlertsOf(tuple(listed(reader, alerts)), total, open_ones)


def _involved(kind: str, identity: str) -> ColumnElement[bool]:
    about = and_(Alert.subject_kind == kind, Alert.subject_id == identity)
    if kind == "provider":
        return or_(about, Alert.provider_id == identity)
    if kind == "person":  # members are a list in JSON
        return or_(about, cast(Alert.member_ids, String).contains(json.dumps(identity), autoescape=True))
    return about
