"""One identity at a time, for a reason and for a limited time; recorded before it is shown."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from detection.accounts.rights import Actor, Right
from detection.audit.entry import EntryDraft
from detection.followup.audit.entering import logged
from detection.followup.limits import limits
from detection.followup.requests import (
    approved_request,
    ask,
    has_second_people,
    refuse_short_reason,
    waits_for_second,
)
from detection.store.disclosure.records import TooManyRevealsError
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

    Beyond the number that one person may see on a day, a second person is asked; once they have approved it, the same
    call shows it.

    Args:
        workspace: where the workspace is.
        pseudonym: as a screen shows it.
        reason: why it is needed.
        actor: who asks for it; their role must have the right to reveal.
        at: ISO time.
        minutes: how long it is shown; the setting's when None.

    Raises:
        NotAllowedError: the role may not reveal.
        WaitsForSecondError: a second person was asked.
        UsageError: the reason is too short, the time too long, or no alert knows the pseudonym.
        StoreError: the store cannot be read, or the record cannot be written.
    """
    shown = limits().minutes if minutes is None else minutes
    space = open_workspace(workspace)
    with logged(space, _request(pseudonym, reason, actor, at)):
        until = _until(at, shown)
        identity = _revealed(space, pseudonym, reason, actor, at, shown, until)
    return RevealedIdentity(pseudonym, _or_waits(identity), until)


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
        WaitsForSecondError: a second person was asked.
        UsageError: the reason is too short, or no alert knows the pseudonym.
        StoreError: the store cannot be read, or the record cannot be written.
    """
    space = open_workspace(workspace)
    with logged(space, _request(pseudonym, reason, actor, at)):
        identity = _revealed(space, pseudonym, reason, actor, at, None, None)
    return _or_waits(identity)


def _request(pseudonym: str, reason: str, actor: Actor, at: str) -> EntryDraft:
    """Who asks for whom; what is no pseudonym could be an id, and is not entered."""
    name = pseudonym.strip().upper()
    about = f"identity:{name if _PSEUDONYM.fullmatch(name) else '?'}"
    return EntryDraft(at, actor.name, "reveal", about, actor.role.value, reason=reason)


def _revealed(
    space: Workspace,
    pseudonym: str,
    reason: str,
    actor: Actor,
    at: str,
    minutes: int | None,
    until: str | None,
) -> str | int:
    """The id; or the number of the request that waits for a second person."""
    actor.require(Right.reveal_ids)
    refuse_short_reason(reason)
    subject = pseudonym.strip().upper()
    request = approved_request(space, actor, subject, "", at)
    try:
        return revealed_identity(
            space,
            subject,
            reason=reason.strip(),
            actor=actor.name,
            role=actor.role.value,
            at=at,
            until=until,
            districts=actor.districts,
            most_a_day=limits().reveals_a_day if has_second_people(space) else None,
            request=request,
        )
    except TooManyRevealsError:
        return ask(space, "identity", subject, "", minutes=minutes, reason=reason, actor=actor, at=at)


def _or_waits(outcome: str | int) -> str:
    if isinstance(outcome, int):
        raise waits_for_second(outcome)
    return outcome
