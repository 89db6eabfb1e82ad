"""Every act on tasks, files, two cases and packets is done as a whole, and by those whose role may."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from sqlalchemy import Connection
from support.case_steps import DAY, NOON, STEPS, ZHAO, act, go, page
from support.drafts import a_draft
from support.store_runs import Store

from detection.alerts.draft import Subject
from detection.audit.entry import Entry, EntryDraft
from detection.cases.life_cycle import ROLES, Role
from detection.cases.moves import Actor
from detection.followup import cases as casework
from detection.followup.casework import combining
from detection.followup.casework.assigning import assign_packets
from detection.followup.casework.files import NewFile, add_file, read_file
from detection.followup.casework.tasks import NewTask, add_task, finish_task
from detection.store.audit.append import append
from detection.store.queries import open_store
from detection.store.queries.casework.packets import PacketFilters, packets
from features.errors import UsageError

WHY = "the same pharmacy"
FILE = NewFile("invoices.pdf", b"%PDF-1.7 invoices")
Acts = Mapping[str, Callable[[Actor], object]]


@pytest.fixture
def acts(store: Store, case_id: str) -> Acts:
    """Every act that is possible in a store with two cases of one person, a task, a file and a free packet."""
    root = store.workspace.root
    go(store, case_id, STEPS[:2])
    first, second = sorted(row.alert_id for row in page(store, case_id).alerts)
    task = NewTask("call them", "wang", DAY)
    new = combining.split(root, case_id, [second], actor=ZHAO, at=NOON, reason=WHY).case_id
    number = add_task(root, case_id, task, actor=ZHAO, at=NOON).task_id
    file = add_file(root, case_id, FILE, actor=ZHAO, at=NOON).document_id
    store.run("r2", *(replace(a_draft(name), subject=_subject(name)) for name in "abcdef"))
    with open_store(store.workspace) as reader:
        [packet] = [row.packet_id for row in packets(reader, PacketFilters()) if not row.case_id]
    return {
        "add_task": lambda actor: add_task(root, case_id, task, actor=actor, at=NOON),
        "finish_task": lambda actor: finish_task(root, number, actor=actor, at=NOON),
        "add_file": lambda actor: add_file(root, case_id, FILE, actor=actor, at=NOON),
        "read_file": lambda actor: read_file(root, file, actor=actor, at=NOON),
        "attach": lambda actor: combining.attach(root, case_id, actor=actor, at=NOON, reason=WHY),
        "link": lambda actor: combining.link(root, new, case_id, actor=actor, at=NOON, reason=WHY),
        "split": lambda actor: combining.split(root, case_id, [first], actor=actor, at=NOON, reason=WHY),
        "merge": lambda actor: combining.merge(root, new, case_id, actor=actor, at=NOON, reason=WHY),
        "assign": lambda actor: _assign(store, packet, actor),
        "record_harm": lambda actor: casework.move(root, case_id, act("record_harm"), actor=actor, at=NOON),
    }


def _subject(name: str) -> Subject:
    person = "anna" if name in "abcd" else "bert"
    return Subject("person", person, (person,), None, None, "320602")


def _assign(store: Store, packet: str, actor: Actor) -> None:
    refused = assign_packets(store.workspace.root, [packet], "wang", actor=actor, at=NOON).refused
    if refused:
        raise UsageError(refused[0], next_step="")


def dump(store: Store) -> list[str]:
    with sqlite3.connect(store.workspace.store_file) as connection:
        return list(connection.iterdump())


def test_an_act_that_breaks_off_leaves_everything_as_it_was(
    store: Store, acts: Acts, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PowerCut(BaseException):
        """Ends the process before the transaction does."""

    before = dump(store)
    for name, do in acts.items():
        last = 0
        while True:  # before its first entry, its second, and so on
            entered = 0

            def breaks(connection: Connection, draft: EntryDraft, last: int = last) -> Entry:
                nonlocal entered
                if entered == last:
                    raise PowerCut
                entered += 1
                return append(connection, draft)

            with monkeypatch.context() as patched:
                patched.setattr("detection.store.casework.acting.append", breaks)
                try:
                    do(ZHAO)
                except PowerCut:
                    assert dump(store) == before, name
                    last += 1
                    continue
            break
        assert last >= 1, name
        before = dump(store)


ALLOWED: Mapping[str, set[Role]] = {
    "add_task": {"inspector", "supervisor"},
    "finish_task": {"inspector", "reviewer", "supervisor", "director"},
    "add_file": {"inspector", "supervisor"},
    "read_file": {"inspector", "reviewer", "supervisor", "director", "auditor"},
    "attach": {"inspector", "supervisor"},
    "link": {"inspector", "supervisor"},
    "split": {"supervisor"},
    "merge": {"supervisor"},
    "assign": {"supervisor"},
    "record_harm": {"inspector", "supervisor"},
}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_do_these_acts_and_no_other(store: Store, acts: Acts, role: Role) -> None:
    assert acts.keys() == ALLOWED.keys()
    done = set()
    for name, do in acts.items():
        try:
            do(Actor("li", role))
            done.add(name)
        except UsageError:
            pass
    assert done == {name for name, roles in ALLOWED.items() if role in roles}
