"""Tasks, limitation and drafts: who adds and finishes tasks, what a case says of its limitation."""

from __future__ import annotations

import datetime as dt

import pytest
from support.both_stores import on_both_stores
from support.case_steps import DAY, LI, NOON, STEPS, ZHAO, act, go, page
from support.signing_in import add_user
from support.store_runs import Store

from detection.accounts.rights import Role
from detection.cases.moves import Actor, MoveRefusedError
from detection.followup import cases as casework
from detection.followup.audit.verifying import verify_log
from detection.followup.casework.drafts import drafts_of, keep_draft
from detection.followup.casework.tasks import NewTask, add_task, finish_task
from detection.store.queries import open_store
from detection.store.queries.casework.tools.tasks import Task, open_tasks, tasks_of_case
from features.errors import UsageError
from features.workspace.place import Place

ASK = NewTask("ask the pharmacy for its invoices", "wang", DAY + dt.timedelta(days=7))


def tasks(store: Store, case_id: str) -> list[Task]:
    with open_store(store.workspace) as reader:
        return tasks_of_case(reader, case_id)


def mine(store: Store, name: str) -> list[Task]:
    with open_store(store.workspace) as reader:
        return open_tasks(reader, name)


def test_a_task_is_added_seen_by_its_owner_and_finished(store: Store, case_id: str) -> None:
    root = store.workspace.root
    go(store, case_id, STEPS[:2])
    tasked = add_task(root, case_id, ASK, actor=LI, at=NOON)
    [task] = mine(store, "wang")
    assert (task.task_id, task.case_id, task.text, task.due) == (
        tasked.task_id, case_id, ASK.text, "2026-12-07"
    )  # fmt: skip
    assert [task.overdue(day) for day in ("2026-12-07", "2026-12-08")] == [False, True]
    finish_task(root, task.task_id, actor=Actor("wang", "inspector"), at=NOON, result="three are missing")
    assert mine(store, "wang") == []
    [done] = tasks(store, case_id)
    assert (done.done_at, done.done_by) == (NOON, "wang")
    *_, added, finished = page(store, case_id).events
    assert (added.move, added.people, added.reason) == ("add_task", ("wang",), ASK.text)
    assert (finished.move, finished.reason) == ("finish_task", f"{ASK.text} · three are missing")
    assert finished.after == "investigating"
    assert verify_log(store.workspace, actor="chen", at=NOON).fault is None


def test_who_is_not_of_the_case_adds_and_finishes_none(store: Store, case_id: str) -> None:
    root, he = store.workspace.root, Actor("he", "inspector")
    go(store, case_id, STEPS[:2])
    with pytest.raises(MoveRefusedError, match="he is not assigned"):
        add_task(root, case_id, ASK, actor=he, at=NOON)
    tasked = add_task(root, case_id, ASK, actor=ZHAO, at=NOON)
    with pytest.raises(UsageError, match="This task is of wang"):
        finish_task(root, tasked.task_id, actor=he, at=NOON)
    finish_task(root, tasked.task_id, actor=ZHAO, at=NOON)
    with pytest.raises(UsageError, match="There is no open task"):
        finish_task(root, tasked.task_id, actor=ZHAO, at=NOON)
    assert verify_log(store.workspace, actor="chen", at=NOON).fault is None


@pytest.mark.parametrize(
    ("task", "problem"),
    [
        (NewTask(" ", "wang", DAY), "says what is to be done"),
        (NewTask("call them", "", DAY), "has an owner"),
        (NewTask("call them", "wang", DAY - dt.timedelta(days=1)), "is not over"),
    ],
)
def test_a_task_has_a_text_an_owner_and_a_day(
    store: Store, case_id: str, task: NewTask, problem: str
) -> None:
    with pytest.raises(UsageError, match=problem):
        add_task(store.workspace.root, case_id, task, actor=ZHAO, at=NOON)
    assert tasks(store, case_id) == []
    assert len(page(store, case_id).events) == 1


def test_a_recused_or_unknown_person_has_no_task(store: Store, case_id: str) -> None:
    root = store.workspace.root
    recused = act("declare_recusal", inspectors=frozenset({"wang"}))
    casework.move(root, case_id, recused, actor=Actor("wang", "inspector"), at=NOON)
    with pytest.raises(UsageError, match="wang is recused"):
        add_task(root, case_id, ASK, actor=ZHAO, at=NOON)
    add_user(root, "li", Role.inspector)
    with pytest.raises(UsageError, match="There is no user sun"):
        add_task(root, case_id, NewTask("call them", "sun", DAY), actor=ZHAO, at=NOON)
    add_task(root, case_id, NewTask("call them", "li", DAY), actor=ZHAO, at=NOON)


def test_an_act_in_between_is_noticed_and_a_task_is_no_bare_move(store: Store, case_id: str) -> None:
    root, seen = store.workspace.root, page(store, case_id).case.last_event
    casework.move(root, case_id, act("note"), actor=LI, at=NOON)
    with pytest.raises(UsageError, match="changed meanwhile"):
        add_task(root, case_id, ASK, actor=ZHAO, at=NOON, seen=seen)
    with pytest.raises(MoveRefusedError, match="a form and a command of its own"):
        casework.move(root, case_id, act("add_task"), actor=ZHAO, at=NOON)


def test_a_case_has_a_limitation_that_another_track_does_not_have(store: Store, case_id: str) -> None:
    root, today = store.workspace.root, dt.date(2026, 1, 1)
    limit = page(store, case_id).case.limitation
    assert limit is not None
    assert limit.first <= limit.last
    assert (limit.years, limit.first.year) == (2, 2026)
    casework.move(root, case_id, act("record_harm"), actor=ZHAO, at=NOON)
    harm = page(store, case_id, today).case.limitation
    assert harm is not None and (harm.years, harm.first.year) == (5, 2029)
    go(store, case_id, STEPS[:1])  # on the track of the agreement
    assert page(store, case_id).case.limitation is None


@on_both_stores
def test_a_draft_is_its_users_replaces_the_one_before_and_goes_with_its_act(store: Store) -> None:
    root = Place(store.workspace.root, store.workspace.database)
    keep_draft(root, "li", "move_C-1", {"reason": "half a sent"}, at=NOON)
    keep_draft(root, "li", "move_C-1", {"reason": "half a sentence", "code": ""}, at=NOON)
    keep_draft(root, "wang", "move_C-1", {"reason": "mine"}, at=NOON)
    assert drafts_of(root, "li") == {"move_C-1": {"reason": "half a sentence"}}
    keep_draft(root, "li", "move_C-1", {"reason": ""}, at=NOON)
    assert drafts_of(root, "li") == {}
    keep_draft(root, "li", "task_C-1", {"text": "call"}, at="2027-03-01T08:00:00")
    assert drafts_of(root, "wang") == {}, "older than a draft is kept"
