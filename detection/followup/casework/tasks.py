"""Tasks of leads and cases: what is to be done, by whom, until when."""

from __future__ import annotations

from detection.audit.entry import EntryDraft
from detection.cases.moves import Actor
from detection.followup.casework.writing import writing
from detection.store.casework.tools.tasks import NewTask, Tasked, TaskWriter
from features.workspace.place import Where

__all__ = ["NewTask", "Tasked", "add_task", "finish_task"]


def add_task(
    workspace: Where, case_id: str, task: NewTask, *, actor: Actor, at: str, seen: int | None = None
) -> Tasked:
    """Add a task to a lead or a case.

    Args:
        workspace: where it is.
        case_id: its number.
        task: text, owner, last day.
        actor: an inspector of it, or a supervisor.
        at: ISO time.
        seen: the last event that the actor knows of; None takes whatever happened meanwhile.

    Raises:
        MoveRefusedError: the actor may not; ``problems`` has all reasons.
        UsageError: no text, a day that is over, nobody of this name, no such case, or another act came between.
        StoreError: the store cannot be written.
    """
    request = EntryDraft(at, actor.name, "add_task", f"case:{case_id}", actor.role, reason=task.text.strip())
    with writing(workspace, actor, TaskWriter, request) as writer:
        return writer.add(case_id, task, actor, at, seen)


def finish_task(workspace: Where, task_id: int, *, actor: Actor, at: str, result: str = "") -> Tasked:
    """Finish a task: its owner, an inspector of its case, or a supervisor.

    Raises:
        UsageError: there is no such open task, or it is not the actor's.
        StoreError: the store cannot be written.
    """
    request = EntryDraft(at, actor.name, "finish_task", f"task:{task_id}", actor.role, reason=result)
    with writing(workspace, actor, TaskWriter, request) as writer:
        return writer.finish(task_id, result, actor, at)
