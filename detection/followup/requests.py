"""Requests for real ids: who asks, and the second person who decides.

A workspace without users is one person's: there is no second one to ask, and nothing waits.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from detection.accounts.opening import open_accounts
from detection.accounts.rights import Actor, NotAllowedError, Right, Role
from detection.audit.entry import EntryDraft
from detection.followup.audit.entering import logged
from detection.followup.limits import limits
from detection.store.accounts.store import AccountStore
from detection.store.disclosure.records import Decision, Kind, NewRequest, Request
from detection.store.disclosure.requests import RequestWriter
from detection.store.queries.disclosure.requests import approved, open_requests
from detection.store.queries.reader import Reader, open_store
from features.errors import UsageError
from features.workspace import Workspace, open_workspace
from features.workspace.place import Where

__all__ = ["Request", "WaitsForSecondError", "decide", "requests_of", "requests_waiting_for"]

_NEEDED = {"identity": (Right.reveal_ids,), "export": (Right.reveal_ids, Right.export_files)}
"""What the second person must have the right to, by kind of request."""


class WaitsForSecondError(UsageError):
    """Nothing is wrong: a second person was asked, and has not answered yet."""


def has_second_people(space: Workspace) -> bool:
    """Whether the workspace has users, so that a second person can be asked."""
    return bool(AccountStore(space.store).users())


def ask(
    space: Workspace,
    kind: Kind,
    subject: str,
    detail: str,
    *,
    minutes: int | None,
    reason: str,
    actor: Actor,
    at: str,
) -> int:
    """Ask a second person; number of the request, which is the earlier one where it waits already.

    Raises:
        StoreError: the store cannot be written.
    """
    wanted = NewRequest(
        kind, subject, detail, minutes, actor.name, actor.role.value, actor.districts, reason.strip(), at
    )
    return RequestWriter(space.store).ask(wanted)


def waits_for_second(number: int) -> WaitsForSecondError:
    """The error that says so."""
    return WaitsForSecondError(
        "Request {number} waits for a second person.",
        next_step="ask a colleague to look at it: My work, or fundwatch request list; then do the same again",
        number=number,
    )


def approved_request(space: Workspace, actor: Actor, subject: str, detail: str, at: str) -> int | None:
    """Number of the request by which somebody may have something at an ISO time; None where there is none.

    Raises:
        StoreError: the store cannot be read.
    """
    with open_store(space) as reader:
        return approved(reader, actor.name, subject, detail, since=_since(at))


@dataclass(frozen=True)
class Grant:
    """Whether somebody may take real ids away.

    Attributes:
        actor: who; at a terminal the user of the account's name.
        request: number of the approved request by which they may; None where nobody else is there to ask.
        waits: number of the request that waits; None where they may.
    """

    actor: Actor
    request: int | None = None
    waits: int | None = None


def grant(workspace: Where, actor: Actor, subject: str, detail: str, *, reason: str, at: str) -> Grant:
    """Whether somebody may take a file with real ids away; a second person is asked where they may not yet.

    Args:
        workspace: where it is.
        actor: who; the terminal stands for the user of its account's name.
        subject: name of the list.
        detail: which part of it, in which form.
        reason: why.
        at: ISO time.

    Raises:
        NotAllowedError: no such user, or their role may not reveal and export.
        UsageError: the reason is too short.
        StoreError: the store cannot be written.
    """
    accounts = open_accounts(workspace)
    if actor.role is Role.terminal:
        actor = accounts.user_at_terminal(actor.name)
    for right in _NEEDED["export"]:
        actor.require(right)
    if not accounts.store.users():  # nobody else is there to ask
        return Grant(actor)
    refuse_short_reason(reason)
    request = approved_request(accounts.space, actor, subject, detail, at)
    if request is not None:
        return Grant(actor, request=request)
    number = ask(accounts.space, "export", subject, detail, minutes=None, reason=reason, actor=actor, at=at)
    return Grant(actor, waits=number)


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


def decide(
    workspace: Where, number: int, decision: Decision, *, actor: Actor, reason: str = "", at: str
) -> Request:
    """Approve or refuse what a colleague asked for, or withdraw what one asked for oneself.

    Args:
        workspace: where it is.
        number: of the request.
        decision: ``approved``, ``refused`` or ``withdrawn``.
        actor: who decides; another person than who asked, with the same rights, for all of their districts.
        reason: why; needed to refuse.
        at: ISO time.

    Raises:
        NotAllowedError: the role may not have it either, or the actor's districts are not those of who asked.
        UsageError: there is no such request that waits, it is the actor's own, or a reason is missing.
        StoreError: the store cannot be written.
    """
    space = open_workspace(workspace)

    def check(request: Request) -> None:
        _refuse(request, decision, actor, reason)

    with logged(space, EntryDraft(at, actor.name, "decide_request", f"request:{number}", actor.role.value)):
        return RequestWriter(space.store).decide(
            number, decision, actor=actor.name, role=actor.role.value, reason=reason, at=at, check=check
        )


def requests_waiting_for(reader: Reader, actor: Actor) -> list[Request]:
    """Requests of others that wait, and that somebody may decide."""
    return [
        request
        for request in open_requests(reader)
        if request.state == "waiting" and request.wanted.actor != actor.name and _may_decide(request, actor)
    ]


def requests_of(reader: Reader, actor: Actor, at: str) -> list[Request]:
    """Somebody's own requests: those that wait, and those by which they may have something at an ISO time."""
    return [
        request
        for request in open_requests(reader)
        if request.wanted.actor == actor.name
        and (request.state == "waiting" or request.answered_at >= _since(at))
    ]


def _refuse(request: Request, decision: Decision, actor: Actor, reason: str) -> None:
    own = request.wanted.actor == actor.name
    if decision == "withdrawn":
        if not own:
            raise UsageError("Only who asked withdraws a request.", next_step="refuse it, with a reason")
        return
    if own:
        raise UsageError("Nobody decides about their own request.", next_step="ask a colleague")
    if not _may_decide(request, actor):
        raise NotAllowedError(
            "Your role or your districts do not let you decide about this request.",
            next_step="leave it to a colleague who may see the same",
        )
    if decision == "refused" and len(reason.strip()) < limits().shortest_reason:
        raise UsageError(
            "A request is refused for a reason of at least {least} characters.",
            next_step="say why",
            least=limits().shortest_reason,
        )


def _may_decide(request: Request, actor: Actor) -> bool:
    if not all(actor.may(right) for right in _NEEDED[request.wanted.kind]):
        return False
    theirs = request.wanted.districts
    return actor.districts is None or (theirs is not None and set(theirs) <= set(actor.districts))


def _since(at: str) -> str:
    """What was approved since then holds at an ISO time."""
    earlier = dt.datetime.fromisoformat(at) - dt.timedelta(hours=limits().approval_hours)
    return earlier.isoformat(timespec="seconds")
