"""Requests for real ids: what waits, and what a second person let somebody have."""

from __future__ import annotations

from sqlalchemy import select

from detection.store.disclosure.records import Request
from detection.store.disclosure.requests import request_of
from detection.store.disclosure.tables import DisclosureRequest
from detection.store.queries.reader import Reader

_OPEN = ("waiting", "approved")


def open_requests(reader: Reader) -> list[Request]:
    """Requests that wait, and those that were approved and not used yet, the oldest first."""
    table = DisclosureRequest
    query = select(table).where(table.state.in_(_OPEN)).order_by(table.request_id)
    return [request_of(row) for row in reader.session.scalars(query)]


def approved(reader: Reader, actor: str, subject: str, detail: str, *, since: str) -> int | None:
    """Number of the first request by which somebody may have something now; None where there is none.

    Args:
        reader: the reading.
        actor: who wanted.
        subject: pseudonym, or name of the list.
        detail: which part of the list; empty for an identity.
        since: ISO time; what was approved before it no longer holds.
    """
    table = DisclosureRequest
    query = (
        select(table.request_id)
        .where(table.state == "approved", table.actor == actor, table.subject == subject)
        .where(table.detail == detail, table.answered_at >= since)
    )
    return reader.session.scalar(query.order_by(table.request_id).limit(1))
