"""What the life cycle of alerts (detection/cases/life_cycles.toml) says of the statuses that the store keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detection.cases.life_cycle import life_cycle
from detection.cases.moves import Done
from features.errors import UsageError

ALERTS = life_cycle("alert")
"""The life cycle itself."""

OPEN = tuple(name for name, state in ALERTS.state.items() if state.open)
"""Statuses of an alert that still asks for somebody's attention."""

STATUSES = ("open", *ALERTS.state)
"""What an alert may be asked for by; ``open`` stands for all of `OPEN`."""

BY_RUN = "run"
"""Actor of the events that a run appends."""

CLOSED_BY_RUN = tuple(ALERTS.move["close"].start)
"""Statuses that a run may close; what somebody decided or proposed stays as they left it."""

DISMISS = "dismiss"
"""What a person asks for who wants to dismiss: done at once, or proposed where a second person must review it."""
UNDO = "undo"


@dataclass(frozen=True)
class Past:
    """One event of an alert.

    Attributes:
        actor, action: who did what.
        status_before: status of the alert before it.
        code, until: verdict with its reason, and ISO day; empty where there was none.
    """

    actor: str
    action: str
    status_before: str
    code: str = ""
    until: str = ""


def standing_events(past: Sequence[Past]) -> list[Past]:
    """What people did that nobody took back, oldest first; a run in between ends nothing here."""
    done: list[Past] = []
    for event in past:
        if event.actor == BY_RUN:
            continue
        if event.action == UNDO:
            done = done[:-1]
        else:
            done.append(event)
    return done


def moves_made(past: Sequence[Past]) -> tuple[Done, ...]:
    """The moves of people that stand, oldest first."""
    return tuple(Done(event.action, event.actor) for event in standing_events(past))


def undone(past: Sequence[Past], actor: str) -> Past:
    """The act that this person takes back: the last one of a person that is not undone yet; a run ends the chain.

    Raises:
        UsageError: there is none, or another person did it.
    """
    done: list[Past] = []
    for event in past:
        if event.actor == BY_RUN:
            done.clear()
        elif event.action == UNDO:
            done.pop()
        else:
            done.append(event)
    if not done or _carried_out(done[-1].action):
        raise UsageError(
            "There is nothing to undo.", next_step="a change made by a run is undone with: reopen"
        )
    if done[-1].actor != actor:
        raise UsageError(
            "{name} did this, and only they take it back.",
            next_step="choose another act, for instance: reopen",
            name=done[-1].actor,
        )
    return done[-1]


def _carried_out(action: str) -> bool:
    """Whether a suppression or a case did it."""
    move = ALERTS.move.get(action)
    return move is not None and "carried_out" in move.requires
