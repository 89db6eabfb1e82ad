"""What ``fundwatch case tasks`` and its neighbours print."""

from __future__ import annotations

from rich.markup import escape

from detection.cli.casework.printing import table_of
from detection.cli.summaries import console as wide_console
from detection.language.messages import Messages
from detection.store.queries import open_store
from detection.store.queries.casework.tools.tasks import open_tasks, tasks_of_case
from features.workspace import Workspace

_TASKS = ("task", "case", "text", "owner", "due", "done")


def print_tasks(space: Workspace, case_id: str, owner: str, today: str, *, language: str) -> None:
    """The tasks of a case, or the open tasks of a person."""
    console, words = wide_console(), Messages(language, "terminal")
    with open_store(space) as store:
        listed = tasks_of_case(store, case_id) if case_id else open_tasks(store, owner)
    table = table_of(_TASKS, words)
    for task in listed:
        overdue = words("task.overdue") if task.overdue(today) else ""
        due = " ".join(part for part in (task.due, overdue) if part)
        done = " ".join(part for part in (task.done_at[:10], task.done_by) if part)
        table.add_row(*map(escape, (str(task.task_id), task.case_id, task.text, task.owner, due, done)))
    console.print(table)
