"""One identity at a time, for a reason and for a limited time; recorded before it is shown."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from detection.accounts.rights import Actor, Right
from detection.audit.entry import EntryDraft
from detection.followup.audit.entering import logged
from detection.followup.limits import limits
from detection.store.queries.revealed import revealed_identity
from features.errors import UsageError
from features.workspace import Workspace, open_workspace
from features.workspace.place import Where

_PSEUDONYM = re.compile(r"[A-Z]-[A-Z2-7]{13}")


@dataclass(frozen=True)
class RevealedIdentity:
    """An id as the source has it, and the ISO time from which it is masked again."""

    pseudonym: str
    identity: str
    until: str

    def in_force(self, at: str) -> bool:
        """Whether it may still be shown at an ISO time."""
        return at < self.until


def reveal(
    workspace: Where, pseudonym: str, *, reason: str, actor: Actor, at: str, minutes: int | None = None
) -> RevealedIdentity:
    """The id behind a pseudonym, for some minutes.

    Args:
        workspace: where the workspace is.
        pseudonym: as a screen shows it.
        reason: why it is needed.
        actor: who asks for it; their role must have the right to reveal.
        at: ISO time.
        minutes: how long it is shown; the setting's when None.

    Raises:
        NotAllowedError: the role may not reveal.
        UsageError: the reason is too short, the time too long, or no alert knows the pseudonym.
        StoreError: the store cannot be read, or the record cannot be written.
    """
    shown = limits().minutes if minutes is None else minutes
    space = open_workspace(workspace)
    with logged(space, _request(pseudonym, reason, actor, at)):
        until = _until(at, shown)
        identity = _revealed(space, pseudonym, reason, actor, at, until)
    return RevealedIdentity(pseudonym, identity, until)


def _until(at: str, shown: int) -> str:
    """The ISO time after some minutes."""
    if not 0 < shown <= limits().most_minutes:
        raise UsageError(
            "An identity is shown for {most} minutes at most.",
            next_step="choose a shorter time",
            most=limits().most_minutes,
        )
    return (dt.datetime.fromisoformat(at) + dt.timedelta(minutes=shown)).isoformat(timespec="seconds")


def print_identity(workspace: Where, pseudonym: str, *, reason: str, actor: Actor, at: str) -> str:
    """The id behind a pseudonym, for a terminal, which keeps what it shows.

    Raises:
        UsageError: the reason is too short, or no alert knows the pseudonym.
        StoreError: the store cannot be read, or the record cannot be written.
    """
    space = open_workspace(workspace)
    with logged(space, _request(pseudonym, reason, actor, at)):
        return _revealed(space, pseudonym, reason, actor, at, None)


def refuse_short_reason(reason: str) -> None:
    """Refuse what is no reason.

    Raises:
        UsageError: it has too few characters.
    """
    if len(reason.strip()) < limits().shortest_reason:
        raise UsageError(
            "Real ids are shown for a reason of at least {least} characters.",
            next_step="say what they are needed for, for instance the number of the case",
            least=limits().shortest_reason,
        )


def _request(pseudonym: str, reason: str, actor: Actor, at: str) -> EntryDraft:
    """Who asks for whom; what is no pseudonym could be an id, and is not entered."""
    name = pseudonym.strip().upper()
    about = f"identity:{name if _PSEUDONYM.fullmatch(name) else '?'}"
    return EntryDraft(at, actor.name, "reveal", about, actor.role.value, reason=reason)


def _revealed(space: Workspace, pseudonym: str, reason: str, actor: Actor, at: str, until: str | None) -> str:
    actor.require(Right.reveal_ids)
    refuse_short_reason(reason)
    return revealed_identity(
        space,
        pseudonym.strip().upper(),
        reason=reason.strip(),
        actor=actor.name,
        role=actor.role.value,
        at=at,
        until=until,
        districts=actor.districts,
    )
