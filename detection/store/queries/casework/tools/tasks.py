"""Tasks of leads and cases, open ones first, by day."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from detection.store.casework.tables import CaseTask
from detection.store.queries.reader import Reader


@dataclass(frozen=True)
class Task:
    """A task; ``due`` is its last day (ISO), ``done_at`` empty while it is open."""

    task_id: int
    case_id: str
    text: str
    owner: str
    due: str
    done_at: str
    done_by: str

    def overdue(self, today: str) -> bool:
        """Whether it is open, and its day is over."""
        return not self.done_at and self.due < today


def tasks_of_case(reader: Reader, case_id: str) -> list[Task]:
    """All tasks of a lead or a case: open ones first, then by day."""
    table = CaseTask
    rows = reader.session.scalars(
        select(table).where(table.case_id == case_id).order_by(table.done_at, table.due, table.task_id)
    )
    return [_task(row) for row in rows]


def open_tasks(reader: Reader, owner: str) -> list[Task]:
    """The open tasks of a person, what is due first at the top."""
    table = CaseTask
    rows = reader.session.scalars(
        select(table).where(table.owner == owner, table.done_at == "").order_by(table.due, table.task_id)
    )
    return [_task(row) for row in rows]


def _task(row: CaseTask) -> Task:
    return Task(row.task_id, row.case_id, row.text, row.owner, row.due, row.done_at, row.done_by)
