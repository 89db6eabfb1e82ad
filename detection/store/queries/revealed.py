"""Real ids, for a reason that the store records before they are given out."""

from __future__ import annotations

from collections.abc import Callable, Sized
from dataclasses import dataclass
from typing import TypeVar

from detection.store.accounts.scope import limit_to_districts
from detection.store.connection import read_session
from detection.store.queries.directory import Directory
from detection.store.queries.disclosure.identities import identity_of
from detection.store.queries.reader import Reader, open_store
from detection.store.writer import Writer
from features.errors import UsageError
from features.workspace import Workspace

Rows = TypeVar("Rows", bound=Sized)
"""What a query gives; its length is the number of rows that the record states."""


@dataclass(frozen=True)
class RevealedReader:
    """Answers queries with ids as the source has them.

    Attributes:
        workspace: whose store.
        reason: why the ids are needed; not empty.
        actor: who asks for them.
        at: ISO time.
        role: as what the actor acts.
        districts: codes of the districts whose alerts are seen; None for all.

    Raises:
        UsageError: without a reason.
    """

    workspace: Workspace
    reason: str
    actor: str
    at: str
    role: str = ""
    districts: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        """Refuse to exist without a reason."""
        if not self.reason.strip():
            raise UsageError(
                "Real ids are shown for a reason only.", where="--reveal-ids", next_step='add --reason "…"'
            )

    def read(self, what: str, query: Callable[[Reader], Rows]) -> Rows:
        """The answer of a query, with real ids; recorded first.

        Args:
            what: name of the list, as the record names it (``export alerts``).
            query: a query of this package.

        Raises:
            StoreError: the store cannot be read, or the record cannot be written.
        """
        with read_session(self.workspace.store) as session:
            limit_to_districts(session, self.districts)
            directory = Directory(session, self.workspace.pseudonym_key(), reveal=True)
            answer = query(Reader(session, directory, self.workspace, self.districts))
        Writer(self.workspace.store).reveal(
            actor=self.actor, reason=self.reason, what=what, rows=len(answer), at=self.at, role=self.role
        )
        return answer


def revealed_identity(
    workspace: Workspace,
    pseudonym: str,
    *,
    reason: str,
    actor: str,
    at: str,
    until: str | None,
    role: str = "",
    districts: tuple[str, ...] | None = None,
) -> str:
    """The id behind one pseudonym; recorded first.

    Args:
        workspace: whose store.
        pseudonym: of a person, account, settlement, record, prescriber, employer or operator.
        reason: why it is needed; not empty.
        actor: who asks for it.
        at: ISO time.
        until: ISO time until which a screen shows it; None where it is printed.
        role: as what the actor acts.
        districts: codes of the districts whose alerts are looked at; None for all.

    Raises:
        UsageError: no alert knows this pseudonym, or there is no reason.
        StoreError: the store cannot be read, or the record cannot be written.
    """
    with open_store(workspace, districts) as reader:
        identity = identity_of(reader, pseudonym)
    if identity is None:
        raise UsageError(
            "No alert and no evidence has the pseudonym {pseudonym}.",
            next_step="copy it from a list: fundwatch alerts",
            pseudonym=pseudonym,
        )
    Writer(workspace.store).reveal(
        actor=actor, reason=reason, what="identity", rows=1, at=at, subject=pseudonym, until=until, role=role
    )
    return identity
