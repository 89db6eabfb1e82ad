"""Links between leads and cases that are related; they have no effect but that each shows the other."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy import delete, insert, or_, select

from detection.cases.life_cycle import life_cycle
from detection.cases.moves import Act, Actor, after
from detection.store.casework import events
from detection.store.casework.acting import ActWriter
from detection.store.casework.events import Changed
from detection.store.casework.tables import CaseLink
from features.errors import UsageError

RELATED = "related"
_DAY = 10


class RelatingWriter(ActWriter):
    """Links of a workspace, open for writing."""

    def relate(
        self, move: str, case_id: str, other_id: str, actor: Actor, at: str, reason: str, seen: int | None
    ) -> Changed:
        """``link`` two leads or cases, or ``unlink`` them; both histories say so.

        Raises:
            MoveRefusedError: the actor may not, in the first of the two.
            UsageError: it is one case, they are linked already, or they are not.
        """
        with self.acting(move, f"case:{case_id}", actor, at, reason) as entering:
            connection, day = entering.connection, dt.date.fromisoformat(at[:_DAY])
            case, other = events.stored(connection, case_id, seen), events.stored(connection, other_id, None)
            act = Act(move, day, reason=reason, enclosed=True)
            state = after(life_cycle(case.kind), case.standing, actor, act)
            act = replace(act, reason=f"{other_id} · {reason.strip()}")
            link = CaseLink
            pair = or_(
                (link.case_id == case_id) & (link.other_id == other_id),
                (link.case_id == other_id) & (link.other_id == case_id),
            )
            linked = connection.scalar(select(link.case_id).where(pair, link.kind == RELATED)) is not None
            if case_id == other_id:
                raise UsageError("A case is not linked to itself.", next_step="name another")
            if linked and move == "link":
                raise UsageError("They are linked already.", next_step="see the page of the case")
            if not linked and move != "link":
                raise UsageError("They are not linked.", next_step="see the page of the case")
            changed = events.append(connection, case, actor, act, at, state)
            back = Act(move, day, reason=f"{case_id} · {reason.strip()}")
            there = events.append(connection, other, actor, back, at, other.standing.state)
            if move == "link":
                connection.execute(
                    insert(link).values(
                        case_id=case_id, other_id=other_id, kind=RELATED, event_id=changed.event_id
                    )
                )
            else:
                connection.execute(delete(link).where(pair, link.kind == RELATED))
            for each, text in ((changed, act.reason), (there, back.reason)):
                entering.of_case(each.case_id, reason=text).enter(
                    before={"state": each.state}, after={"state": each.state, "event": each.event_id}
                )
            return changed
