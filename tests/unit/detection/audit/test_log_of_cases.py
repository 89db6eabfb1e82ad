"""Steps of cases in the audit log: anchored as they are made, and compared with what is stored later."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from support.drafts import a_draft
from support.store_runs import Store

from detection.alerts.draft import Subject
from detection.cases.moves import Act, Actor
from detection.followup.audit.anchoring import configure
from detection.followup.audit.verifying import verify_log
from detection.followup.cases import move, open_case
from detection.store.queries import open_store
from detection.store.queries.audit.reading import entries
from detection.store.queries.casework.packets import PacketFilters, packets

NOON = "2026-11-30T12:00:00"
LI, ZHAO = Actor("li", "inspector"), Actor("zhao", "supervisor")
APPROVAL = Act("approve_opening", dt.date(2026, 11, 30), reason="as the file says", code="agreement")


@pytest.fixture
def packet_id(store: Store) -> str:
    subject = Subject("person", "anna", ("anna",), None, None, "320602")
    store.run("r1", *(replace(a_draft(case), subject=subject) for case in "ab"))
    with open_store(store.workspace) as reader:
        [packet] = packets(reader, PacketFilters())
    return packet.packet_id


def two_steps(store: Store, packet_id: str) -> None:
    root = store.workspace.root
    case = open_case(root, packet_id, actor=LI, at=NOON, reason="two patterns agree")
    move(root, case.case_id, APPROVAL, actor=ZHAO, at=NOON)


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'wang'",
        "case_id = 'C-2020-0001'",
        "move = 'close'",
        "state_before = 'closed'",
        "code = 'other'",
        "people = '[\"wang\"]'",
    ],
)
def test_a_step_that_was_changed_later_is_named(store: Store, packet_id: str, change: str) -> None:
    two_steps(store, packet_id)
    assert verify_log(store.workspace, actor="chen", at=NOON).fault is None
    with sqlite3.connect(store.workspace.store_file) as connection:
        connection.execute(f"UPDATE case_event SET {change} WHERE move = 'approve_opening'")
    fault = verify_log(store.workspace, actor="chen", at=NOON).fault
    assert fault is not None and fault.kind == "history"
    with open_store(store.workspace) as reader:
        [changed] = [entry for entry in entries(reader) if entry.number == fault.number]
    assert changed.action == "approve_opening"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE money_entry SET amount = amount + 1 WHERE fund = 'pool'",
        "DELETE FROM money_entry WHERE fund = 'pool'",
        "INSERT INTO money_entry SELECT 99, case_id, event_id, day, kind, fund, stage, 1 FROM money_entry LIMIT 1",
    ],
)
def test_money_that_was_changed_later_is_named(store: Store, packet_id: str, change: str) -> None:
    two_steps(store, packet_id)
    assert verify_log(store.workspace, actor="chen", at=NOON).fault is None
    with sqlite3.connect(store.workspace.store_file) as connection:
        assert connection.execute(change).rowcount == 1
    fault = verify_log(store.workspace, actor="chen", at=NOON).fault
    assert fault is not None and fault.kind == "history" and "money_entry" in str(fault.what)


def test_every_step_is_anchored_where_that_is_configured(
    store: Store, packet_id: str, tmp_path: Path
) -> None:
    heads = tmp_path / "heads.jsonl"
    configure(store.workspace, file=heads, program=None, actor="zhao", at=NOON)
    two_steps(store, packet_id)
    assert len(heads.read_text().splitlines()) == 2
    assert verify_log(store.workspace, actor="chen", at=NOON).anchors == 2
