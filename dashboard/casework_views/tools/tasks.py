"""Tasks of a case, with forms to add and finish one; and those of the reader for My work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from dashboard.casework_views.acting import acting, today
from dashboard.casework_views.kept import act_and_empty, form_key, kept
from dashboard.markup import join, lines, section, styled, table
from dashboard.navigation import link
from dashboard.query_cache import query_now
from dashboard.session import now, workspace
from dashboard.wording import DAY_FORMAT, figures, t, time_text
from detection.cases.life_cycle import life_cycle
from detection.cases.moves import may_record
from detection.followup.casework import tasks as tasking
from detection.store.queries.casework.cases import CasePage
from detection.store.queries.casework.tools.tasks import Task, open_tasks, tasks_of_case


def draw_tasks(page: CasePage) -> None:
    """The tasks of a case, and what its reader may do with them."""
    case = page.case
    rows = query_now(tasks_of_case, case.case_id)
    section(t("task.title"), t("task.title.note"))
    if rows:
        columns = (t("task.number"), t("task.text"), t("task.owner"), t("task.due"), t("task.done"))
        table(columns, [_cells(row) for row in rows])
    else:
        st.caption(t("task.none"))
    if acting().districts is not None:  # tasks are of the whole fund
        return
    if may_record(life_cycle(case.kind), page.standing, acting(), "add_task"):
        with st.expander(t("task.add")):
            _add(page)
    mine = [row for row in rows if not row.done_at and _may_finish(page, row)]
    if mine:
        _finish(f"finish_{case.case_id}", mine)


def draw_own_tasks() -> bool:
    """The open tasks of whoever looks, for My work; whether there are any."""
    rows = query_now(open_tasks, acting().name)
    if not rows:
        return False
    section(t("task.mine"), t("task.mine.note"))
    columns = (t("task.number"), t("case.number"), t("task.text"), t("task.due"))
    table(
        columns,
        [
            [figures().count(row.task_id), link(row.case_id, "case", id=row.case_id), row.text, _due(row)]
            for row in rows
        ],
    )
    if acting().districts is None:
        _finish("finish_own", rows)
    return True


def _add(page: CasePage) -> None:
    form = f"task_{page.case.case_id}"
    text = st.text_input(t("task.text"), **kept(form, "text"))
    who, day = st.columns(2)
    owner = who.text_input(t("task.owner"), **kept(form, "owner", default=acting().name))
    due = day.date_input(
        t("task.due"), value=None, min_value=today(), format=DAY_FORMAT, **kept(form, "due", days=True)
    )
    if st.button(t("task.submit"), key=f"add_{form_key(form)}"):
        task = tasking.NewTask(text, owner, due or dt.date.min)
        seen = page.case.last_event
        act_and_empty(
            lambda: tasking.add_task(
                workspace(), page.case.case_id, task, actor=acting(), at=now(), seen=seen
            ),
            form,
        )


def _finish(form: str, rows: Sequence[Task]) -> None:
    texts = {row.task_id: f"{row.task_id} · {row.text}" for row in rows}
    which, result, button = st.columns([2, 2, 0.8], vertical_alignment="bottom")
    number = which.selectbox(
        t("task.finish"),
        list(texts),
        index=None,
        placeholder=t("task.choose"),
        format_func=texts.__getitem__,
        **kept(form, "number", options=list(texts)),
    )
    came = result.text_input(t("task.result"), **kept(form, "result"))
    if button.button(t("task.finish.submit"), key=f"done_{form_key(form)}", width="stretch") and number:
        act_and_empty(
            lambda: tasking.finish_task(workspace(), number, actor=acting(), at=now(), result=came),
            form,
        )


def _may_finish(page: CasePage, task: Task) -> bool:
    who = acting()
    part = who.role == "supervisor" or who.name in {task.owner, *page.standing.inspectors}
    return part and may_record(life_cycle(page.case.kind), page.standing, who, "finish_task")


def _cells(task: Task) -> list[str]:
    done = join([time_text(task.done_at), task.done_by], " ") if task.done_at else "–"
    return [figures().count(task.task_id), task.text, task.owner, _due(task), done]


def _due(task: Task) -> str:
    late = [styled(t("task.overdue"), "over")] if task.overdue(today().isoformat()) else []
    return lines([figures().day(task.due), *late])
