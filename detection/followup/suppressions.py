"""Dismissals until a day: alerts of one detector about one subject, proposed and confirmed by two people."""

from __future__ import annotations

from detection.audit.entry import EntryDraft
from detection.cases.moves import Act, Actor
from detection.followup.casework.writing import writing
from detection.store.casework.suppressions import Suppressed, SuppressionWriter
from features.workspace.place import Where

__all__ = ["Suppressed", "decide", "propose"]


def propose(workspace: Where, alert_id: str, act: Act, *, actor: Actor, at: str) -> Suppressed:
    """Propose to dismiss an alert, and those of its detector about its subject in later runs, until a day.

    Args:
        workspace: where it is.
        alert_id: an open alert.
        act: ``propose_suppression`` with reason, code (a verdict with its reason) and the day on which it ends.
        actor: an inspector.
        at: ISO time.

    Raises:
        MoveRefusedError: something is missing, or the role may not; ``problems`` has all reasons.
        UsageError: there is no such open alert in a packet.
        StoreError: the store cannot be written.
    """
    about = EntryDraft(at, actor.name, act.move, f"alert:{alert_id}", actor.role, reason=act.reason)
    with writing(workspace, actor, SuppressionWriter, about) as writer:
        return writer.propose(alert_id, actor, act, at)


def decide(workspace: Where, number: int, act: Act, *, actor: Actor, at: str) -> Suppressed:
    """Confirm, refuse or lift a suppression.

    Raises:
        MoveRefusedError: not allowed, for instance to the person who proposed it; ``problems`` has all reasons.
        UsageError: there is none of this number.
        StoreError: the store cannot be written.
    """
    about = EntryDraft(at, actor.name, act.move, f"suppression:{number}", actor.role, reason=act.reason)
    with writing(workspace, actor, SuppressionWriter, about) as writer:
        return writer.decide(number, actor, act, at)
