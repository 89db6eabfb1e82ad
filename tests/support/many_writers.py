"""What one of many writers does: looks at one of the same few alerts and acts, until so many acts were accepted."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from itertools import count

from sqlalchemy import text
from support.alert_acts import alert_act

from detection.cases.moves import Actor
from detection.store.connection import reading
from detection.store.writer import Writer
from features.errors import StoreError, UsageError
from features.workspace import Place, open_workspace

_LOOK = text(
    "SELECT status, (SELECT coalesce(max(event_id), 0) FROM alert_event) FROM alert WHERE alert_id = :alert_id"
)
_NEXT = {"new": "triage", "triaged": "snooze", "snoozed": "triage"}
REFUSED = "refused"
"""Under which an act is counted that another writer's act came before, or that waited too long for the others."""
_WAITED_LONG = "Somebody else is writing to the alert store; nothing was changed."


def act_often(where: Place, alert_ids: Sequence[str], acts: int, actor: str) -> Counter[str]:
    """Act until so many acts were accepted; how many were, by alert, and how many were refused.

    A writer looks at an alert, as a person does, and makes the move that its state has, with the last event that was
    seen. Blind moves would do for a store whose writers run in bursts; where they take turns, as in PostgreSQL, all of
    them want the same move of the same alert at once, and nineteen of twenty are refused.
    """
    workspace = open_workspace(where)
    writer, looking = Writer(workspace.store), reading(workspace.store)
    choose, done = random.Random(actor), Counter[str]()
    for number in count():
        if sum(done.values()) - done[REFUSED] == acts:
            break
        alert_id = choose.choice(alert_ids)
        with looking.connect() as connection:
            status, seen = connection.execute(_LOOK, {"alert_id": alert_id}).one()
        at = f"2026-11-30T{number:06}"
        try:
            writer.act(
                alert_id, alert_act(_NEXT[status], at=at), actor=Actor(actor, "inspector"), at=at, seen=seen
            )
        except UsageError:
            done[REFUSED] += 1
            continue
        except StoreError as error:
            if error.what != _WAITED_LONG:
                raise
            done[REFUSED] += 1
            continue
        done[alert_id] += 1
    return done
