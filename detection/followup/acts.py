"""Acts on alerts. Nothing is ever deleted: what takes an act back is an entry of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from detection.accounts.rights import Actor, Right
from detection.audit.entry import EntryDraft
from detection.followup.audit.anchoring import anchor_as_configured
from detection.followup.audit.entering import logged
from detection.store.lost import refuse_lost_store
from detection.store.writer import Writer
from features.errors import FundwatchError
from features.message import Message
from features.workspace import open_workspace
from features.workspace.place import Where


@dataclass(frozen=True)
class Outcome:
    """What became of an act.

    Attributes:
        done: ids of the alerts that it was done to.
        refused: why not to the others, a sentence each.
        events: the event that was appended, by alert.
    """

    done: tuple[str, ...]
    refused: tuple[str, ...]
    events: Mapping[str, int] = field(default_factory=dict)


def act(
    workspace: Where,
    alert_ids: Sequence[str],
    *,
    actor: Actor,
    action: str,
    at: str,
    note: str = "",
    seen: Mapping[str, int] | None = None,
) -> Outcome:
    """Do the same to several alerts; each stands for itself, and a refusal stops none of the others.

    Args:
        workspace: where the workspace is.
        alert_ids: ids as the store has them.
        actor: who acts; their role must have the right to work on alerts, and to leave one dismissed.
        action: one of the store's actions; ``undo`` takes the last one back, by an event of its own.
        at: ISO time.
        note: the reason; needed to dismiss.
        seen: the store's last event that the actor knows of, by alert; one that changed since is refused.
    """
    try:
        space = open_workspace(workspace)
        refuse_lost_store(space)
        if not actor.may(Right.work_alerts):
            request = EntryDraft(at, actor.name, action, "list:alerts", actor.role.value, reason=note)
            with logged(space, request):
                actor.require(Right.work_alerts)
        writer = Writer(space.store)
    except FundwatchError as error:
        return Outcome((), (error.what,))
    never = () if actor.may(Right.dismiss_alerts) else ("dismissed",)
    known, refused, events = seen or {}, [], {}
    for alert_id in alert_ids:
        try:
            acted = writer.act(
                alert_id,
                actor=actor.name,
                role=actor.role.value,
                action=action,
                note=note,
                at=at,
                seen=known.get(alert_id),
                never=never,
                districts=actor.districts,
            )
            events[alert_id] = acted.event_id
        except FundwatchError as error:
            refused.append(Message("{alert_id}: {problem}", alert_id=alert_id, problem=error.what))
    anchor_as_configured(space)
    return Outcome(tuple(events), tuple(refused), events)
