"""One act, one transaction: what is done, and its entry in the audit log; or a refusal, which is entered too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from detection.audit.entry import EntryDraft, Values, refused
from detection.cases.moves import Actor
from detection.store.accounts.scope import packet_is_within
from detection.store.audit.append import append
from detection.store.casework.keys import PacketKey, key_of
from detection.store.connection import bring_up_to_date
from detection.store.engines.refusals import refusal
from detection.store.lost import refuse_lost_store
from features.errors import UsageError
from features.workspace import Workspace


@dataclass(frozen=True)
class Entering:
    """A transaction, and the entry that it makes in the audit log."""

    connection: Connection
    action: str
    about: str
    actor: Actor
    at: str
    reason: str

    def of_case(self, case_id: str, *, action: str = "", reason: str = "") -> Entering:
        """The same transaction for a further entry, about a case; action and reason as before where none is given."""
        return replace(
            self, about=f"case:{case_id}", action=action or self.action, reason=reason or self.reason
        )

    def enter(self, *, after: Values, before: Values | None = None) -> None:
        """Enter what was done."""
        append(
            self.connection,
            EntryDraft(
                at=self.at,
                actor=self.actor.name,
                role=self.actor.role,
                action=self.action,
                object=self.about,
                before=before,
                after=after,
                reason=self.reason.strip(),
            ),
        )


class ActWriter:
    """The store of a workspace, open for acts of people.

    Args:
        space: the workspace.

    Raises:
        StoreError: the store is lost, or cannot be written.
    """

    def __init__(self, space: Workspace) -> None:
        refuse_lost_store(space)
        self._space = space
        self._engine: Engine = bring_up_to_date(space.store)

    def key(self, connection: Connection, packet_id: str, actor: Actor) -> PacketKey:
        """The packet of an id; see `key_of`.

        Raises:
            UsageError: no alert was ever in such a packet, or one that is open is of another district than the actor's.
        """
        key = key_of(connection, self._space.pseudonym_key(), packet_id)
        if not packet_is_within(connection, key, actor.districts):
            raise UsageError(
                "There is no packet {packet_id}.",
                next_step="list them: fundwatch packets",
                packet_id=packet_id,
            )
        return key

    def packet_id(self, key: PacketKey) -> str:
        """The id of a packet, as people see it."""
        return key.packet_id(self._space.pseudonym_key())

    @contextmanager
    def acting(self, action: str, about: str, actor: Actor, at: str, reason: str = "") -> Iterator[Entering]:
        """A transaction for one act; a refusal inside it changes nothing, and is entered.

        Raises:
            StoreError: the store refused.
        """
        try:
            with self._engine.begin() as connection:
                yield Entering(connection, action, about, actor, at, reason)
        except UsageError as error:
            self._enter_refusal(
                error, EntryDraft(at, actor.name, action, about, role=actor.role, reason=reason)
            )
            raise
        except SQLAlchemyError as error:
            raise refusal(error, self._space.store) from error

    def _enter_refusal(self, error: UsageError, request: EntryDraft) -> None:
        try:
            with self._engine.begin() as connection:
                append(connection, refused(request, error.what))
        except SQLAlchemyError as failed:
            raise refusal(failed, self._space.store) from failed
