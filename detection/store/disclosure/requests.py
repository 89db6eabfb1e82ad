"""Asking for real ids, and deciding about it; every act with its entry in the audit log."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from detection.audit.entry import EntryDraft
from detection.store.audit.append import append
from detection.store.connection import bring_up_to_date
from detection.store.disclosure.records import Decision, Kind, NewRequest, Request, State
from detection.store.disclosure.tables import DisclosureRequest
from detection.store.engines.refusals import refusal
from features.errors import UsageError
from features.workspace.place import StoreLocation

T = TypeVar("T")

_ACTIONS: dict[Decision, str] = {
    "approved": "approve_request",
    "refused": "refuse_request",
    "withdrawn": "withdraw_request",
}


class RequestWriter:
    """Requests of a store, open for writing.

    Args:
        store: where it is (`Workspace.store`).

    Raises:
        StoreError: it is no store, or cannot be written.
    """

    def __init__(self, store: StoreLocation) -> None:
        self._store = store
        self._engine = bring_up_to_date(store)

    def ask(self, wanted: NewRequest) -> int:
        """Keep a request; its number. One that waits already for the same stays, and is not asked twice."""
        table = DisclosureRequest
        same = table.kind == wanted.kind, table.subject == wanted.subject, table.detail == wanted.detail
        waits = table.state == "waiting", table.actor == wanted.actor

        def kept(connection: Connection) -> int:
            known = connection.scalar(
                select(table.request_id).where(*waits, *same).order_by(table.request_id)
            )
            if known is not None:
                return known
            stored = connection.execute(
                insert(table).values(
                    kind=wanted.kind,
                    subject=wanted.subject,
                    detail=wanted.detail,
                    minutes=wanted.minutes,
                    actor=wanted.actor,
                    role=wanted.role,
                    districts=None if wanted.districts is None else list(wanted.districts),
                    reason=wanted.reason,
                    requested_at=wanted.at,
                    state="waiting",
                    second_reason="",
                )
            )
            [number] = stored.inserted_primary_key or (0,)
            append(
                connection,
                EntryDraft(
                    at=wanted.at,
                    actor=wanted.actor,
                    role=wanted.role,
                    action="ask_request",
                    object=_object(wanted),
                    after={"request": int(number), "detail": wanted.detail or None},
                    reason=wanted.reason,
                ),
            )
            return int(number)

        return self._done(kept)

    def decide(
        self, number: int, decision: Decision, *, actor: str, role: str, reason: str, at: str,
        check: Callable[[Request], None],
    ) -> Request:  # fmt: skip
        """Decide about a request that waits.

        Args:
            number: of the request.
            decision: what becomes of it.
            actor: who decides.
            role: as what.
            reason: what they write.
            at: ISO time.
            check: raises where they may not.

        Raises:
            UsageError: there is none of this number, it does not wait any more, or they may not.
        """

        def answered(connection: Connection) -> Request:
            request = _stored(connection, number)
            if request.state != "waiting":
                raise UsageError(
                    "Request {number} does not wait any more.",
                    next_step="see what waits: fundwatch request list",
                    number=number,
                )
            check(request)
            table = DisclosureRequest
            connection.execute(
                update(table)
                .where(table.request_id == number)
                .values(state=decision, second=actor, second_reason=reason.strip(), answered_at=at)
            )
            entry = EntryDraft(
                at=at,
                actor=actor,
                role=role,
                action=_ACTIONS[decision],
                object=_object(request.wanted),
                after={"request": number, "asked_by": request.wanted.actor, "state": decision},
                reason=reason.strip(),
            )
            append(connection, entry)
            return _stored(connection, number)

        return self._done(answered)

    def _done(self, act: Callable[[Connection], T]) -> T:
        try:
            with self._engine.begin() as connection:
                return act(connection)
        except SQLAlchemyError as error:
            raise refusal(error, self._store) from error


def use(connection: Connection, number: int) -> None:
    """What an approved request lets somebody have is given out now, once.

    Raises:
        UsageError: it is not approved, or was used already.
    """
    table = DisclosureRequest
    approved = table.request_id == number, table.state == "approved"
    if connection.execute(update(table).where(*approved).values(state="used")).rowcount != 1:
        raise UsageError(
            "Request {number} lets nobody have anything: it is not approved, or was used.",
            next_step="ask again, or see what waits: fundwatch request list",
            number=number,
        )


def request_of(row: DisclosureRequest) -> Request:
    """A row as a request."""
    wanted = NewRequest(
        kind=cast("Kind", row.kind),
        subject=row.subject,
        detail=row.detail,
        minutes=row.minutes,
        actor=row.actor,
        role=row.role,
        districts=None if row.districts is None else tuple(row.districts),
        reason=row.reason,
        at=row.requested_at,
    )
    state = cast("State", row.state)
    return Request(row.request_id, wanted, state, row.second or "", row.second_reason, row.answered_at or "")


def _stored(connection: Connection, number: int) -> Request:
    table = DisclosureRequest
    row = connection.execute(select(table.__table__).where(table.request_id == number)).one_or_none()
    if row is None:
        raise UsageError(
            "There is no request {number}.",
            next_step="see what waits: fundwatch request list",
            number=number,
        )
    return request_of(cast("DisclosureRequest", row))


def _object(wanted: NewRequest) -> str:
    return f"identity:{wanted.subject}" if wanted.kind == "identity" else f"list:{wanted.subject}"
