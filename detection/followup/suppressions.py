"""Dismissals until a day: alerts of one detector about one subject, proposed and confirmed by two people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from detection.cases.moves import Act, Actor
from detection.followup.audit.anchoring import anchored
from detection.store.casework.suppressions import Suppressed, SuppressionWriter
from features.workspace import open_workspace
from features.workspace.place import Where

__all__ = ["Suppressed", "decide", "propose"]


def propose(
    workspace: Where, packet_id: str, detector: str, act: Act, *, actor: Actor, at: str
) -> Suppressed:
    """Propose to dismiss the alerts of a detector in a packet, and those of later runs, until a day.

    Args:
        workspace: where it is.
        packet_id: the packet.
        detector: whose alerts.
        act: ``propose_suppression`` with reason, code (a verdict with its reason) and the day on which it ends.
        actor: an inspector.
        at: ISO time.

    Raises:
        MoveRefusedError: something is missing, or the role may not; ``problems`` has all reasons.
        UsageError: there is no such packet, or no open alert of the detector in it.
        StoreError: the store cannot be written.
    """
    with _writing(workspace) as writer:
        return writer.propose(packet_id, detector, actor, act, at)


def decide(workspace: Where, number: int, act: Act, *, actor: Actor, at: str) -> Suppressed:
    """Confirm, refuse or lift a suppression.

    Raises:
        MoveRefusedError: not allowed, for instance to the person who proposed it; ``problems`` has all reasons.
        UsageError: there is none of this number.
        StoreError: the store cannot be written.
    """
    with _writing(workspace) as writer:
        return writer.decide(number, actor, act, at)


@contextmanager
def _writing(workspace: Where) -> Iterator[SuppressionWriter]:
    """The writer; afterwards the head of the audit log is anchored."""
    space = open_workspace(workspace)
    with anchored(space):
        yield SuppressionWriter(space)
