"""``fundwatch case task`` and its neighbours: what belongs to a lead or a case besides its moves."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from detection.cli.casework.acting import CaseRole, acting, today
from detection.cli.casework.commands import DAYS, CaseId, InRole, WorkspaceFolder
from detection.cli.language.choice import PrintLanguage, chosen, say
from detection.cli.language.help_page import Command
from detection.cli.terminal import actor, now, place
from features.message import Message


def add_task(
    case_id: CaseId,
    text: Annotated[str, typer.Argument(help="What is to be done.")],
    workspace: WorkspaceFolder,
    due: Annotated[dt.datetime, typer.Option("--due", formats=DAYS, help="Last day.")],
    owner: Annotated[str, typer.Option("--owner", help="Who does it; you as default.")] = "",
    role: InRole = CaseRole.inspector,
) -> None:
    """Add a task to a lead or a case; its owner sees it in My work."""
    from detection.followup.casework.tasks import NewTask
    from detection.followup.casework.tasks import add_task as add

    who = acting(workspace, role, "add_task", f"case:{case_id}")
    task = NewTask(text, owner or who.name, due.date())
    tasked = add(place(workspace), case_id, task, actor=who, at=now())
    say(Message("task {number} added to {case_id}", number=tasked.task_id, case_id=case_id))


def finish_task(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As `fundwatch case tasks` shows it.")],
    workspace: WorkspaceFolder,
    result: Annotated[str, typer.Option("--result", help="What came of it.")] = "",
    role: InRole = CaseRole.inspector,
) -> None:
    """Finish a task: its owner, an inspector of the case, or a supervisor."""
    from detection.followup.casework.tasks import finish_task as finish

    who = acting(workspace, role, "finish_task", f"task:{number}")
    tasked = finish(place(workspace), number, actor=who, at=now(), result=result)
    say(Message("task {number} of {case_id} is done", number=number, case_id=tasked.case_id))


def tasks(
    workspace: WorkspaceFolder,
    case: Annotated[str, typer.Option("--case", help="Those of one lead or case; your own as default.")] = "",
    language: PrintLanguage = None,
) -> None:
    """List tasks, what is due first at the top: your open ones, or all of one case."""
    from detection.cli.casework.printing_tools import print_tasks
    from features.workspace import open_workspace

    print_tasks(
        open_workspace(place(workspace)), case, actor(), today().isoformat(), language=chosen(language)
    )


def recovery(
    workspace: WorkspaceFolder,
    outstanding: Annotated[
        bool, typer.Option("--outstanding", help="Only what has not come in yet.")
    ] = False,
    language: PrintLanguage = None,
) -> None:
    """List what cases have upheld by kind and fund: received, outstanding, overdue."""
    from detection.cli.casework.printing_tools import print_recovery
    from features.workspace import open_workspace

    print_recovery(
        open_workspace(place(workspace)), today(), outstanding=outstanding, language=chosen(language)
    )


def add_commands(app: typer.Typer) -> None:
    """Put the commands of this file into the group."""
    app.command("task", cls=Command)(add_task)
    app.command("task-done", cls=Command)(finish_task)
    app.command("tasks", cls=Command)(tasks)
    app.command("recovery", cls=Command)(recovery)
