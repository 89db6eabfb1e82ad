"""Acts on alerts. Nothing is ever deleted: what takes an act back is an entry of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from detection.accounts.rights import Actor, Right
from detection.audit.entry import EntryDraft
from detection.cases.moves import Act, open_to
from detection.followup.audit.anchoring import anchor_as_configured
from detection.followup.audit.entering import logged
from detection.followup.desk import at_desk
from detection.store.lifecycle import ALERTS, DISMISS
from detection.store.lost import refuse_lost_store
from detection.store.queries.alerts import Row
from detection.store.writer import Writer
from features.errors import FundwatchError
from features.message import Message
from features.workspace import open_workspace
from features.workspace.place import Where

_DAY = 10
_WAITS = "proposed"
_PROPOSE, _SMALL = "propose_dismissal", "dismiss_small"


@dataclass(frozen=True)
class Outcome:
    """What became of an act.

    Attributes:
        done: ids of the alerts that it was done to.
        refused: why not to the others, a sentence each.
        events: the event that was appended, by alert.
        waiting: those of ``done`` that another person has to confirm.
    """

    done: tuple[str, ...]
    refused: tuple[str, ...]
    events: Mapping[str, int] = field(default_factory=dict)
    waiting: tuple[str, ...] = ()


def possible_acts(rows: Sequence[Row], actor: Actor) -> tuple[str, ...]:
    """What a person may do to all of some alerts, in the order of the life cycle; nothing where there are none.

    Whether a dismissal is done at once or waits is not told before: ``dismiss`` stands for both.
    """
    if not rows or not actor.may(Right.work_alerts):
        return ()
    possible = [set(open_to(ALERTS, row.standing, at_desk(actor))) for row in rows]
    common = set.intersection(*possible) - {_SMALL}
    return tuple(DISMISS if name == _PROPOSE else name for name in ALERTS.move if name in common)


def act(
    workspace: Where,
    alert_ids: Sequence[str],
    *,
    actor: Actor,
    action: str,
    at: str,
    note: str = "",
    code: str = "",
    until: dt.date | None = None,
    seen: Mapping[str, int] | None = None,
) -> Outcome:
    """Do the same to several alerts; each stands for itself, and a refusal stops none of the others.

    Args:
        workspace: where the workspace is.
        alert_ids: ids as the store has them.
        actor: who acts; the life cycle of alerts says what their role may do.
        action: a move of the life cycle; ``dismiss``, which is done at once or waits for a second person; ``undo``,
            which takes the actor's last act back, by an event of its own.
        at: ISO time.
        note: the reason.
        code: the verdict with its reason, to dismiss.
        until: the day on which a snooze ends.
        seen: the store's last event that the actor knows of, by alert; one that changed since is refused.
    """
    wanted = Act(action, dt.date.fromisoformat(at[:_DAY]), reason=note, code=code, until=until)
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
    known, refused, acted = seen or {}, list[str](), {}
    for alert_id in alert_ids:
        try:
            acted[alert_id] = writer.act(
                alert_id, wanted, actor=at_desk(actor), at=at, seen=known.get(alert_id)
            )
        except FundwatchError as error:
            refused += [
                Message("{alert_id}: {problem}", alert_id=alert_id, problem=problem)
                for problem in error.problems or (error.what,)
            ]
    anchor_as_configured(space)
    return Outcome(
        tuple(acted),
        tuple(refused),
        {alert_id: each.event_id for alert_id, each in acted.items()},
        tuple(alert_id for alert_id, each in acted.items() if each.status == _WAITS),
    )
