"""What ``fundwatch case tasks`` and its neighbours print."""

from __future__ import annotations

import datetime as dt

from detection.cases.money import STAGES
from detection.cli.casework.printing import table_of
from detection.cli.language.plain import plain_text
from detection.cli.summaries import console as wide_console
from detection.language.formats import formats
from detection.language.messages import Messages, case_label
from detection.store.queries import open_store
from detection.store.queries.casework.tools.documents import documents
from detection.store.queries.casework.tools.recovery import recoveries, recovery_sums
from detection.store.queries.casework.tools.tasks import open_tasks, tasks_of_case
from features.workspace import Workspace

_TASKS = ("task", "case", "text", "owner", "due", "done")
_FILES = ("number", "file", "bytes", "sha256", "added")
_MONEY = ("case", "money", "fund", *STAGES, "outstanding", "due")


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
        table.add_row(*map(plain_text, (str(task.task_id), task.case_id, task.text, task.owner, due, done)))
    console.print(table)


def print_recovery(space: Workspace, today: dt.date, *, outstanding: bool, language: str) -> None:
    """What cases have upheld, a line for each kind and fund; and the sums of the lines."""
    console, words, yuan = wide_console(), Messages(language, "terminal"), formats(language).yuan
    with open_store(space) as store:
        listed = recoveries(store, today, outstanding=outstanding)
    table = table_of(_MONEY, words)
    for row in listed:
        late = words("task.overdue") if row.overdue else ""
        table.add_row(
            row.case_id,
            case_label("money", row.kind, language),
            case_label("fund", row.fund, language),
            *(yuan(row.amounts[stage]) for stage in STAGES),
            yuan(row.outstanding),
            f"{row.due} {late}".strip(),
        )
    for each in recovery_sums(listed):
        table.add_row(
            words("recovery.sum"),
            case_label("money", each.kind, language),
            case_label("fund", each.fund, language),
            *(yuan(each.amounts[stage]) for stage in STAGES),
            yuan(each.outstanding),
            "",
        )
    console.print(table)


def print_files(space: Workspace, case_id: str, *, language: str) -> None:
    """The files of a case, the newest first."""
    console, words = wide_console(), Messages(language, "terminal")
    with open_store(space) as store:
        listed = documents(store, case_id)
    table = table_of(_FILES, words)
    for file in listed:
        removed = words("file.gone") if file.purged_at else ""
        name = " · ".join(part for part in (file.name, file.about, removed) if part)
        added = f"{file.at} {file.actor}"
        size = formats(language).count(file.size)
        table.add_row(*map(plain_text, (str(file.document_id), name, size, file.sha256, added)))
    console.print(table)
