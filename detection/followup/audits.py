"""Random audits of dismissed alerts and of subjects without alerts: their results."""

from __future__ import annotations

from detection.cases.moves import Act, Actor
from detection.followup.audit.anchoring import anchored
from detection.followup.whole_fund import refuse_districts
from detection.store.casework.audits import Audited, AuditWriter
from features.workspace import open_workspace
from features.workspace.place import Where

__all__ = ["Audited", "record"]


def record(workspace: Where, number: int, act: Act, *, actor: Actor, at: str) -> Audited:
    """Record what an audit found, or correct it.

    Args:
        workspace: where it is.
        number: of the audit.
        act: ``record_result`` or ``correct_result`` with reason and code: ``missed``, ``nothing_missed`` or
            ``not_decidable``.
        actor: a reviewer or supervisor who had no part in the dismissal.
        at: ISO time.

    Raises:
        MoveRefusedError: not allowed; ``problems`` has all reasons.
        NotAllowedError: the actor is limited to districts.
        UsageError: there is none of this number.
        StoreError: the store cannot be written.
    """
    refuse_districts(actor)
    space = open_workspace(workspace)
    with anchored(space):
        return AuditWriter(space).record(number, actor, act, at)
