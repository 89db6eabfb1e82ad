"""Who is recused in a lead, its open tasks and its files go with it, into a new case and into one that runs."""

from __future__ import annotations

import datetime as dt

import pytest
from support.case_steps import DAY, LI, NOON, PAIR, STEPS, ZHAO, act, go, page
from support.lead_files import imported, make_packets
from support.store_runs import Store

from detection.cases.life_cycle import Role
from detection.cases.moves import Act, MoveRefusedError
from detection.followup.audit.verifying import verify_log
from detection.followup.casework.files import NewFile, add_file
from detection.followup.casework.tasks import NewTask, add_task, finish_task
from detection.store.queries import open_store
from detection.store.queries.casework.tools.documents import documents
from detection.store.queries.casework.tools.tasks import tasks_of_case

FIRST, SECOND, CASE = "L-2026-0001", "L-2026-0002", "C-2026-0001"
ANNA = {"subject_kind": "person", "subject_id": "anna"}
PDF = b"%PDF-1.7 invoices"
TO_CASE: list[tuple[str, Role, Act]] = [
    ("li", "inspector", act("propose_case")),
    ("zhao", "supervisor", act("open_case", code="agreement")),
]


def checked(store: Store, lead: str) -> int:
    """Assign a lead, let wang be recused, and give it a file, an open task and one that is done; the file's number."""
    root, due = store.workspace.root, DAY + dt.timedelta(days=30)
    recused = act("declare_recusal", inspectors=frozenset({"wang"}))
    go(store, lead, [("zhao", "supervisor", act("assign", inspectors=PAIR)), ("wang", "inspector", recused)])
    add_task(root, lead, NewTask("call them", "li", due), actor=ZHAO, at=NOON)
    done = add_task(root, lead, NewTask("ask the clerk", "li", due), actor=ZHAO, at=NOON)
    finish_task(root, done.task_id, actor=LI, at=NOON)
    return add_file(root, lead, NewFile("invoices.pdf", PDF), actor=LI, at=NOON).document_id


def tasks(store: Store, number: str) -> list[str]:
    with open_store(store.workspace) as reader:
        return [task.text for task in tasks_of_case(reader, number)]


def files(store: Store, number: str) -> list[int]:
    with open_store(store.workspace) as reader:
        return [file.document_id for file in documents(reader, number)]


def test_a_lead_that_opens_a_case_hands_on_what_it_has(store: Store) -> None:
    make_packets(store)
    imported(store, ANNA)
    number = checked(store, FIRST)
    go(store, FIRST, TO_CASE)
    assert page(store, CASE).standing.recused == {"wang"}
    assert (files(store, CASE), files(store, FIRST)) == ([number], [])
    assert (tasks(store, CASE), tasks(store, FIRST)) == (["call them"], ["ask the clerk"])
    assert verify_log(store.workspace, actor="sun", at=NOON).fault is None


def test_a_lead_that_joins_a_running_case_hands_on_what_it_has(store: Store) -> None:
    make_packets(store)
    imported(store, ANNA, ANNA)
    go(store, FIRST, [("zhao", "supervisor", act("assign", inspectors=PAIR)), *TO_CASE])
    go(store, CASE, STEPS[1:2])
    assert page(store, CASE).standing.inspectors == PAIR
    number = checked(store, SECOND)
    go(store, SECOND, TO_CASE)
    joined = page(store, CASE)
    assert joined.standing.recused == {"wang"} and joined.standing.inspectors == {"li"}
    assert joined.events[-1].people == ("wang",)
    assert (tasks(store, CASE), tasks(store, SECOND)) == (["call them"], ["ask the clerk"])
    assert (files(store, CASE), files(store, SECOND)) == ([number], [])
    with pytest.raises(MoveRefusedError):
        go(store, CASE, STEPS[1:2])
    assert verify_log(store.workspace, actor="sun", at=NOON).fault is None
