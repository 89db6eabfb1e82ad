"""Tasks of leads and cases: added and finished, each with an event of the case."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from detection.cases.life_cycle import life_cycle
from detection.cases.moves import Act, Actor, after
from detection.store.casework import events
from detection.store.casework.acting import ActWriter
from detection.store.casework.people import refuse_unknown
from detection.store.casework.tables import CaseTask
from features.errors import UsageError

_DAY = 10


@dataclass(frozen=True)
class NewTask:
    """What is to be done, by whom, until which day."""

    text: str
    owner: str
    due: dt.date


@dataclass(frozen=True)
class Tasked:
    """What an act left: the task, its case, and the event that was appended."""

    task_id: int
    case_id: str
    event_id: int


class TaskWriter(ActWriter):
    """Tasks of a workspace, open for writing."""

    def add(self, case_id: str, task: NewTask, actor: Actor, at: str, seen: int | None = None) -> Tasked:
        """Add a task.

        Raises:
            MoveRefusedError: the actor may not.
            UsageError: no text, a day that is over, nobody of this name, no such case, or another act came between.
        """
        text, owner = task.text.strip(), task.owner.strip()
        with self.acting("add_task", f"case:{case_id}", actor, at, text) as entering:
            connection = entering.connection
            case = events.stored(connection, case_id, seen)
            act = Act("add_task", _day(at), reason=text, enclosed=True)
            state = after(life_cycle(case.kind), case.standing, actor, act)
            _refuse_incomplete(text, owner, task.due, _day(at))
            refuse_unknown(connection, [owner])
            if owner in case.standing.recused:
                raise UsageError("{name} is recused.", next_step="name another person", name=owner)
            changed = events.append(connection, case, actor, act, at, state, frozenset({owner}))
            stored = connection.execute(
                insert(CaseTask).values(
                    case_id=case_id,
                    event_id=changed.event_id,
                    owner=owner,
                    due=task.due.isoformat(),
                    text=text,
                    done_at="",
                    done_by="",
                )
            )
            [task_id] = stored.inserted_primary_key or (0,)
            entering.enter(
                before={"state": state},
                after={
                    "state": state,
                    "event": changed.event_id,
                    "people": owner,
                    "task": int(task_id),
                    "due": task.due.isoformat(),
                },
            )
            return Tasked(int(task_id), case_id, changed.event_id)

    def finish(self, task_id: int, result: str, actor: Actor, at: str) -> Tasked:
        """Finish a task: by its owner, an inspector of the case, or a supervisor.

        Raises:
            MoveRefusedError: the role may not.
            UsageError: there is no such open task, or it is not the actor's.
        """
        with self.acting("finish_task", f"task:{task_id}", actor, at, result) as entering:
            connection, table = entering.connection, CaseTask
            task = connection.execute(
                select(table.case_id, table.owner, table.text).where(
                    table.task_id == task_id, table.done_at == ""
                )
            ).first()
            if task is None:
                raise UsageError(
                    "There is no open task {number}.",
                    next_step="list them: fundwatch case tasks",
                    number=task_id,
                )
            case = events.stored(connection, task.case_id, None)
            reason = f"{task.text} · {result.strip()}" if result.strip() else task.text
            act = Act("finish_task", _day(at), reason=reason, enclosed=True)
            state = after(life_cycle(case.kind), case.standing, actor, act)
            if actor.role != "supervisor" and actor.name not in {task.owner, *case.standing.inspectors}:
                raise UsageError(
                    "This task is of {name}.", next_step="ask them, or a supervisor", name=task.owner
                )
            changed = events.append(connection, case, actor, act, at, state)
            connection.execute(
                update(table).where(table.task_id == task_id).values(done_at=at, done_by=actor.name)
            )
            entering.of_case(case.case_id, reason=reason).enter(
                before={"state": state}, after={"state": state, "event": changed.event_id, "task": task_id}
            )
            return Tasked(task_id, case.case_id, changed.event_id)


def _refuse_incomplete(text: str, owner: str, due: dt.date, today: dt.date) -> None:
    if not text:
        raise UsageError("A task says what is to be done.", next_step="write it")
    if not owner:
        raise UsageError("A task has an owner.", next_step="name who does it")
    if due < today:
        raise UsageError("The day of a task is not over.", next_step="name today or a later day")


def _day(at: str) -> dt.date:
    return dt.date.fromisoformat(at[:_DAY])
