"""Real ids, for a reason that the store records before they are given out."""

from __future__ import annotations

from collections.abc import Callable, Sized
from dataclasses import dataclass
from typing import TypeVar

from detection.store.accounts.scope import limit_to_districts
from detection.store.connection import read_session
from detection.store.queries.directory import Directory
from detection.store.queries.disclosure.identities import identity_of
from detection.store.queries.disclosure.pseudonyms import current_pseudonym
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
        request: number of the approved request that is used up by it; None where none is needed.

    Raises:
        UsageError: without a reason.
    """

    workspace: Workspace
    reason: str
    actor: str
    at: str
    role: str = ""
    districts: tuple[str, ...] | None = None
    request: int | None = None

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
            actor=self.actor,
            reason=self.reason,
            what=what,
            rows=len(answer),
            at=self.at,
            role=self.role,
            request=self.request,
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
    most_a_day: int | None = None,
    request: int | None = None,
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
        most_a_day: single identities that the actor may be shown on this day alone; None for any number.
        request: number of the approved request by which it is shown.

    Raises:
        TooManyRevealsError: the actor was shown as many on this day.
        UsageError: no alert knows this pseudonym, there is no reason, or the request is not approved.
        StoreError: the store cannot be read, or the record cannot be written.
    """
    pseudonym, identity = _known(workspace, pseudonym, districts)
    Writer(workspace.store).reveal(
        actor=actor,
        reason=reason,
        what="identity",
        rows=1,
        at=at,
        subject=pseudonym,
        until=until,
        role=role,
        most_a_day=most_a_day,
        request=request,
    )
    return identity


def _known(workspace: Workspace, pseudonym: str, districts: tuple[str, ...] | None) -> tuple[str, str]:
    """A pseudonym as it is now, and its id; one of a former key stands for whom it stood for then."""
    with open_store(workspace, districts) as reader:
        current = current_pseudonym(reader, pseudonym)
        identity = identity_of(reader, current)
    if identity is None:
        raise UsageError(
            "No alert and no evidence has the pseudonym {pseudonym}.",
            next_step="copy it from a list: fundwatch alerts",
            pseudonym=pseudonym,
        )
    return current, identity
