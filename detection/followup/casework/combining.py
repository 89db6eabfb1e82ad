"""Merging, splitting and linking of cases, and alerts that leave or join one."""

from __future__ import annotations

from collections.abc import Collection

from detection.audit.entry import EntryDraft
from detection.cases.moves import Actor
from detection.followup.casework.writing import writing
from detection.store.casework.events import Changed
from detection.store.casework.tools.combining import CombiningWriter
from detection.store.casework.tools.relating import RelatingWriter
from features.workspace.place import Where

__all__ = ["attach", "detach", "link", "merge", "split", "unlink"]


def merge(
    workspace: Where,
    case_id: str,
    into: str,
    *,
    actor: Actor,
    at: str,
    reason: str,
    seen: int | None = None,
) -> Changed:
    """End a lead or a case in another about the same subject: what it has goes there, and both histories say so.

    Args:
        workspace: where it is.
        case_id: the one that ends.
        into: the one that goes on; of two cases the older.
        actor: a supervisor.
        at: ISO time.
        reason: why.
        seen: the last event of the one that ends that the actor knows of; None takes whatever happened meanwhile.

    Raises:
        MoveRefusedError: the actor may not, or one is too far; ``problems`` has all reasons.
        UsageError: they cannot be one, there is no such case, or another act came between.
        StoreError: the store cannot be written.
    """
    request = _request("merge", case_id, actor, at, reason)
    with writing(workspace, actor, CombiningWriter, request) as writer:
        return writer.merge(case_id, into, actor, at, reason, seen)


def split(
    workspace: Where,
    case_id: str,
    alert_ids: Collection[str],
    *,
    actor: Actor,
    at: str,
    reason: str,
    seen: int | None = None,
) -> Changed:
    """Put some alerts of a case into a new case with the same people and time limits; returns the new case.

    Raises:
        MoveRefusedError: the actor may not, or the case is too far; ``problems`` has all reasons.
        UsageError: an alert is not of the case, none would stay, or another act came between.
        StoreError: the store cannot be written.
    """
    request = _request("split", case_id, actor, at, reason)
    with writing(workspace, actor, CombiningWriter, request) as writer:
        return writer.split(case_id, alert_ids, actor, at, reason, seen)


def detach(
    workspace: Where,
    case_id: str,
    alert_ids: Collection[str],
    *,
    actor: Actor,
    at: str,
    reason: str,
    seen: int | None = None,
) -> Changed:
    """Take alerts out of a lead or a case: they are on the desk again.

    Raises:
        MoveRefusedError: the actor may not, or the case is too far; ``problems`` has all reasons.
        UsageError: an alert is not of the case, none would stay, or another act came between.
        StoreError: the store cannot be written.
    """
    request = _request("detach", case_id, actor, at, reason)
    with writing(workspace, actor, CombiningWriter, request) as writer:
        return writer.detach(case_id, alert_ids, actor, at, reason, seen)


def attach(
    workspace: Where, case_id: str, *, actor: Actor, at: str, reason: str, seen: int | None = None
) -> Changed:
    """Put the open alerts about the subject of a lead or a case that are not in it yet into it.

    Raises:
        MoveRefusedError: the actor may not, or the case is too far; ``problems`` has all reasons.
        UsageError: there is none, or another act came between.
        StoreError: the store cannot be written.
    """
    request = _request("attach", case_id, actor, at, reason)
    with writing(workspace, actor, CombiningWriter, request) as writer:
        return writer.attach(case_id, actor, at, reason, seen)


def link(
    workspace: Where,
    case_id: str,
    other_id: str,
    *,
    actor: Actor,
    at: str,
    reason: str,
    seen: int | None = None,
) -> Changed:
    """Say that two leads or cases are related; each shows the other, and nothing else follows.

    Raises:
        MoveRefusedError: the actor may not; ``problems`` has all reasons.
        UsageError: they are linked already, there is no such case, or another act came between.
        StoreError: the store cannot be written.
    """
    request = _request("link", case_id, actor, at, reason)
    with writing(workspace, actor, RelatingWriter, request) as writer:
        return writer.relate("link", case_id, other_id, actor, at, reason, seen)


def unlink(
    workspace: Where,
    case_id: str,
    other_id: str,
    *,
    actor: Actor,
    at: str,
    reason: str,
    seen: int | None = None,
) -> Changed:
    """Take a link between two leads or cases back.

    Raises:
        MoveRefusedError: the actor may not; ``problems`` has all reasons.
        UsageError: they are not linked, there is no such case, or another act came between.
        StoreError: the store cannot be written.
    """
    request = _request("unlink", case_id, actor, at, reason)
    with writing(workspace, actor, RelatingWriter, request) as writer:
        return writer.relate("unlink", case_id, other_id, actor, at, reason, seen)


def _request(action: str, case_id: str, actor: Actor, at: str, reason: str) -> EntryDraft:
    """What is entered where the actor is refused; what became of it is entered by the writers."""
    return EntryDraft(at, actor.name, action, f"case:{case_id}", actor.role, reason=reason)
