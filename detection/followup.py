"""One act on several alerts: the service that screens call; only the store's writer writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from detection.store.writer import Writer
from features.errors import FundwatchError
from features.message import Message
from features.workspace import open_workspace


@dataclass(frozen=True)
class Outcome:
    """What became of an act: alerts it was done to, and why not to the others."""

    done: tuple[str, ...]
    refused: tuple[str, ...]


def act(
    workspace: Path, alert_ids: Sequence[str], *, actor: str, action: str, at: str, note: str = ""
) -> Outcome:
    """Do the same to several alerts; each stands for itself, and a refusal stops none of the others.

    Args:
        workspace: folder of the workspace.
        alert_ids: ids as the store has them.
        actor: who acts.
        action: one of the store's actions; ``undo`` takes the last one back.
        at: ISO time.
        note: the reason; needed to dismiss.
    """
    done, refused = [], []
    try:
        writer = Writer(open_workspace(workspace).store)
    except FundwatchError as error:
        return Outcome((), (error.what,))
    for alert_id in alert_ids:
        try:
            writer.act(alert_id, actor=actor, action=action, note=note, at=at)
            done.append(alert_id)
        except FundwatchError as error:
            refused.append(Message("{alert_id}: {problem}", alert_id=alert_id, problem=error.what))
    return Outcome(tuple(done), tuple(refused))
