"""What may be done to an alert, and what it becomes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from features.errors import UsageError

Action = Literal["triage", "snooze", "dismiss", "escalate", "reopen", "undo"]

OPEN = ("new", "triaged", "snoozed", "escalated")
"""Statuses of an alert that still asks for somebody's attention."""

STATUSES = ("open", *OPEN, "dismissed", "expired", "closed")
"""What an alert may be asked for by; ``open`` stands for all of `OPEN`."""

BY_RUN = "run"
"""Actor of the events that a run appends."""

CLOSED_BY_RUN = ("new", "triaged", "snoozed")
"""Statuses that a run may close; what somebody decided (escalated, dismissed) stays as they decided it."""


@dataclass(frozen=True)
class _Step:
    start: tuple[str, ...]
    end: str


_STEPS: dict[str, _Step] = {
    "triage": _Step(("new", "snoozed"), "triaged"),
    "snooze": _Step(("new", "triaged"), "snoozed"),
    "dismiss": _Step(("new", "triaged", "snoozed"), "dismissed"),
    "escalate": _Step(("new", "triaged", "snoozed"), "escalated"),
    "reopen": _Step(("snoozed", "dismissed", "escalated", "expired", "closed"), "new"),
}


def possible_actions(statuses: Iterable[str]) -> tuple[str, ...]:
    """The actions that are possible from each of some statuses; none where there is no status."""
    given = set(statuses)
    return tuple(action for action, step in _STEPS.items() if given and given <= set(step.start))


@dataclass(frozen=True)
class Past:
    """One event of an alert, as far as undoing needs it, oldest first in a list."""

    actor: str
    action: str
    status_before: str


def next_status(status: str, action: str, note: str, past: Sequence[Past]) -> str:
    """The status after an action.

    Args:
        status: of the alert now.
        action: see `Action`.
        note: what the person writes; needed to dismiss.
        past: the alert's events, oldest first.

    Raises:
        UsageError: the action is unknown, not allowed from here, or lacks its note.
    """
    if action == "undo":
        return _undone(past)
    step = _STEPS.get(action)
    if step is None:
        raise UsageError(
            "Unknown action {action!r}.",
            next_step="use one of: {names}",
            names=[*_STEPS, "undo"],
            action=action,
        )
    if status not in step.start:
        raise UsageError(
            "This alert is {status}: {action} is not possible.",
            next_step="{action} is possible from: {names}",
            status=status,
            action=action,
            names=step.start,
        )
    if action == "dismiss" and not note.strip():
        raise UsageError("An alert is dismissed with a reason.", next_step="say why it needs no review")
    return step.end


def _undone(past: Sequence[Past]) -> str:
    """Status before the last action of a person that is not undone yet; a run in between ends the chain."""
    done: list[str] = []
    for event in past:
        if event.actor == BY_RUN:
            done.clear()
        elif event.action == "undo":
            done.pop()
        else:
            done.append(event.status_before)
    if not done:
        raise UsageError(
            "There is nothing to undo.", next_step="a change made by a run is undone with: reopen"
        )
    return done[-1]
