"""Match outside leads anew, and say whom one is about."""

from __future__ import annotations

from detection.audit.entry import EntryDraft
from detection.cases.moves import Actor
from detection.followup.audit.anchoring import anchored
from detection.followup.audit.entering import logged
from detection.followup.outside.rights import require
from detection.store.casework.events import Changed
from detection.store.leads.writer import CHOOSE, MATCH, LeadWriter
from detection.store.queries.leads.choosing import match_chosen
from detection.store.queries.leads.matching import rematched
from detection.store.queries.reader import open_store
from features.workspace import open_workspace
from features.workspace.place import Where


def match_again(workspace: Where, *, actor: Actor, at: str, reason: str) -> int:
    """Match every lead that has not ended with the packets and subjects of the current run.

    Args:
        workspace: where it is.
        actor: who asks for it; their role must have the right to import leads.
        at: ISO time.
        reason: entered with each lead whose match changes.

    Returns:
        How many changed.

    Raises:
        NotAllowedError: the role may not, or the actor is limited to districts.
        MoveRefusedError: the reason is too short.
        StoreError: the store cannot be read or written.
    """
    space = open_workspace(workspace)
    with logged(space, EntryDraft(at, actor.name, MATCH, "list:leads", actor.role, reason=reason)):
        require(actor)
        with open_store(space) as reader:
            matches = rematched(reader)
    with anchored(space):
        return LeadWriter(space).rematch(matches, actor, at, reason=reason)


def choose_subject(
    workspace: Where,
    case_id: str,
    chosen: str,
    *,
    actor: Actor,
    at: str,
    reason: str,
    seen: int | None = None,
) -> Changed:
    """Say which packet or subject of the data a lead is about; it is attached to the subject's packet if there is one.

    Args:
        workspace: where it is.
        case_id: number of the lead.
        chosen: the id of a packet, or the pseudonym of a subject, as lists show them.
        actor: who says so; their role must have the right to import leads.
        at: ISO time.
        reason: why it is this one.
        seen: the last event of the lead that the actor knows of; None takes whatever happened meanwhile.

    Raises:
        NotAllowedError: the role may not, or the actor is limited to districts.
        UsageError: no such lead, packet or subject, no reason, or another act came between.
        StoreError: the store cannot be read or written.
    """
    space = open_workspace(workspace)
    with logged(space, EntryDraft(at, actor.name, CHOOSE, f"case:{case_id}", actor.role, reason=reason)):
        require(actor)
        with open_store(space) as reader:
            match = match_chosen(reader, chosen)
    with anchored(space):
        return LeadWriter(space).choose(case_id, match, actor, at, reason=reason, seen=seen)
