"""What one of many writers does: acts on the same few alerts, until so many acts were accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import count

from support.alert_acts import alert_act

from detection.cases.moves import Actor
from detection.store.writer import Writer
from features.errors import UsageError
from features.workspace import Place, open_workspace

_STEPS = ("triage", "snooze")


def act_often(where: Place, alert_ids: Sequence[str], acts: int, actor: str) -> Counter[str]:
    """Act until so many acts were accepted; how many were, by alert. What others did first is refused, and goes on.

    All alerts get one step, then all get the other, so that whoever is alone at the end is not refused for ever.
    """
    writer = Writer(open_workspace(where).store)
    done = Counter[str]()
    for number in count():
        if sum(done.values()) == acts:
            break
        sweep, place = divmod(number, len(alert_ids))
        alert_id, action = alert_ids[place], _STEPS[sweep % len(_STEPS)]
        try:
            at = f"2026-11-30T{number:06}"
            writer.act(alert_id, alert_act(action, at=at), actor=Actor(actor, "inspector"), at=at)
        except UsageError:
            continue
        done[alert_id] += 1
    return done
