"""Every change of the store has its entry in the audit log, in the same transaction, and the entry stays."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection
from support.alert_acts import EXPLAINED
from support.both_stores import on_both_stores
from support.drafts import a_draft
from support.older_stores import take_back
from support.store_runs import Store

from detection.audit.chain import verify
from detection.audit.entry import Entry, EntryDraft, values_of
from detection.followup.audit.shipping import ship
from detection.followup.audit.verifying import verify_log
from detection.store import acting, writer
from detection.store.queries import open_store
from detection.store.queries.audit.pages import LogFilters, page
from detection.store.queries.audit.reading import entries, missing_protection
from features.errors import StoreError, UsageError
from features.workspace import Workspace


def log(workspace: Workspace) -> list[Entry]:
    with open_store(workspace) as reader:
        whole = list(entries(reader))
    assert verify(lambda: whole).fault is None
    return whole


def last(workspace: Workspace) -> Entry:
    return log(workspace)[-1]


@on_both_stores
def test_a_new_store_begins_with_an_entry_that_counts_nothing(store: Store) -> None:
    [first] = log(store.workspace)
    assert (first.number, first.action, first.at) == (1, "begin", "")
    assert {name: count for name, count in values_of(first.after).items() if not name.endswith("_hash")} == {
        "run": 0,
        "alert_event": 0,
        "reveal": 0,
        "export": 0,
    }


def test_an_older_store_s_first_entry_counts_what_there_was_and_hashes_it(store: Store) -> None:
    draft = a_draft("one")
    store.run("r1", draft, finished_at="2024-07-01T08:00:00")
    store.act(draft, "dismiss")
    firsts = []
    for change in ("", "UPDATE alert_event SET actor = 'x'"):
        take_back(store.workspace.store_file, "0007")
        with sqlite3.connect(store.workspace.store_file) as connection:
            connection.execute(change)
        [first] = log(store.workspace)
        firsts.append(values_of(first.after))
    assert firsts[0]["run"] == firsts[0]["alert_event"] == 1
    assert firsts[0]["alert_event_hash"] != firsts[1]["alert_event_hash"]
    assert firsts[0]["run_hash"] == firsts[1]["run_hash"]


@on_both_stores
def test_a_run_says_what_readers_saw_before_and_what_became_of_alerts(store: Store) -> None:
    stays, goes = a_draft("one"), a_draft("two")
    store.run("r1", stays, goes)
    store.run("r2", stays)
    entry = last(store.workspace)
    after = values_of(entry.after)
    assert (entry.action, entry.object, entry.actor) == ("run", "run:r2", "run")
    assert values_of(entry.before) == {"run": "r1"}
    assert (after["number"], after["same"], after["closed"], after["events"]) == (2, 1, 1, 1)


def test_an_act_and_its_undoing_are_entries_with_both_statuses(store: Store) -> None:
    draft = a_draft("one")
    store.run("r1", draft)
    store.act(draft, "dismiss", "已核实无误")
    store.act(draft, "undo", "")
    *_, dismissed, undone = log(store.workspace)
    assert (dismissed.action, dismissed.object, dismissed.reason) == (
        "dismiss_small",
        f"alert:{draft.alert_id}",
        "已核实无误",
    )
    assert values_of(dismissed.after)["code"] == EXPLAINED
    assert values_of(dismissed.before) == {"status": "new"}
    assert values_of(dismissed.after)["status"] == "dismissed"
    assert (undone.action, values_of(undone.after)["status"]) == ("undo", "new")


@on_both_stores
def test_a_refused_act_is_an_entry_and_changes_nothing(store: Store) -> None:
    draft = a_draft("one")
    store.run("r1", draft)
    with pytest.raises(UsageError):
        store.act(draft, "dismiss", " ")
    entry = last(store.workspace)
    assert (entry.action, entry.object) == ("refusal", f"alert:{draft.alert_id}")
    assert values_of(entry.after) == {
        "requested": "dismiss",
        "because_en": "It needs a reason of at least 5 characters.",
        "because_zh": "须填写理由，至少 5 个字符。",
    }
    assert store.alert(draft).status == "new" and not store.events(draft)


@on_both_stores
def test_reveals_and_exports_are_entries(store: Store) -> None:
    store.writer.reveal(
        actor="li", reason="case 12", what="identity", rows=1, at="noon", subject="P-X", role="auditor"
    )
    store.writer.export(actor="li", what="alerts", detail="status=open", file_format="csv", rows=3, at="noon")
    revealed, exported = log(store.workspace)[-2:]
    assert (revealed.action, revealed.object, revealed.role) == ("reveal", "identity:P-X", "auditor")
    assert (exported.action, exported.object) == ("export", "list:alerts")
    assert values_of(exported.after) == {"export": 1, "detail": "status=open", "format": "csv", "rows": 3}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor = 'x'",
        "UPDATE audit_entry SET number = number + 10",
        "DELETE FROM audit_entry",
        "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE number = 1",
        "REPLACE INTO audit_entry SELECT 1, format, 'x', actor, role, action, object, before, after, reason, "
        "previous, hash FROM audit_entry",
        "INSERT INTO audit_entry SELECT 9, format, at, actor, role, action, object, before, after, reason, "
        "previous, hash FROM audit_entry",
    ],
)
def test_the_database_refuses_to_change_the_log(store: Store, statement: str) -> None:
    before = log(store.workspace)
    with (
        sqlite3.connect(store.workspace.store_file) as connection,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        connection.execute(statement)
    assert log(store.workspace) == before


def test_a_trigger_that_was_dropped_or_changed_is_named(store: Store) -> None:
    with open_store(store.workspace) as reader:
        assert missing_protection(reader) == []
    with sqlite3.connect(store.workspace.store_file) as connection:
        connection.execute("DROP TRIGGER audit_entry_no_update")
        connection.execute("DROP TRIGGER audit_entry_no_delete")
        connection.execute(
            "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry BEGIN SELECT 1; END"
        )
    with open_store(store.workspace) as reader:
        assert missing_protection(reader) == ["audit_entry_no_update", "audit_entry_no_delete"]


def test_bytes_that_are_no_text_are_read(store: Store) -> None:
    with sqlite3.connect(store.workspace.store_file) as connection:
        connection.execute("DROP TRIGGER audit_entry_no_update")
        connection.execute("UPDATE audit_entry SET actor = CAST(x'ff00' AS TEXT)")
    with open_store(store.workspace) as reader:
        fault = verify(lambda: entries(reader)).fault
    assert fault is not None and (fault.kind, fault.number) == ("altered", 1)


class PowerCutError(Exception):
    """What a test breaks a transaction with."""


def test_a_transition_that_breaks_at_its_entry_leaves_the_old_state(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = a_draft("one")
    store.run("r1", draft)
    before = log(store.workspace)

    def breaks(connection: Connection, entry: EntryDraft) -> Entry:
        raise PowerCutError

    monkeypatch.setattr(acting, "append", breaks)
    monkeypatch.setattr(writer, "append", breaks)
    with pytest.raises(PowerCutError):
        store.act(draft, "dismiss")
    with pytest.raises(PowerCutError):
        store.run("r2")
    with pytest.raises(PowerCutError):
        store.writer.export(actor="li", what="alerts", detail="", file_format="csv", rows=1, at="noon")
    assert store.alert(draft).status == "new" and store.current() == "r1"
    assert not store.events(draft) and log(store.workspace) == before


def test_a_full_disk_at_the_entry_refuses_the_act(store: Store) -> None:
    draft = a_draft("one")
    store.run("r1", draft)
    with sqlite3.connect(store.workspace.store_file) as connection:
        connection.execute("DROP TABLE audit_entry")
    with pytest.raises(StoreError):
        store.act(draft, "dismiss")
    assert store.alert(draft).status == "new"


KILLED = """
import datetime as dt, os, sqlite3, sys
from pathlib import Path
from sqlalchemy import event
from detection.cases.moves import Act, Actor
from detection.store.writer import Writer

store, alert = sys.argv[1:]

def transition(last: int) -> None:
    writer, statements = Writer(Path(store)), 0

    @event.listens_for(writer._engine, "before_cursor_execute")
    def count(*_):
        nonlocal statements
        statements += 1
        if statements > last:
            os._exit(9)

    @event.listens_for(writer._engine, "commit")
    def before_the_commit(*_):
        if last == COMMIT:
            os._exit(9)

    act = Act("dismiss", dt.date(2026, 11, 30), "seen twice", "legitimate_explained/nursing_home")
    writer.act(alert, act, actor=Actor("li", "inspector"), at="2026-11-30T12:00:00")
    os._exit(0)

COMMIT, WHOLE = 98, 99
for last in (1, 2, 3, 4, 5, 6, COMMIT, WHOLE):
    child = os.fork()
    if not child:
        transition(last)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    seen = sqlite3.connect(store).execute(
        "SELECT status, (SELECT count(*) FROM alert_event), (SELECT count(*) FROM audit_entry) FROM alert"
    ).fetchone()
    print(code, *seen)
"""


def test_a_killed_transition_leaves_old_or_new_state_with_its_entry(store: Store) -> None:
    """A process ends without a word after each statement of an act in turn, and before its commit."""
    draft = a_draft("one")
    store.run("r1", draft)
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, store.workspace.store_file, draft.alert_id],
        check=True,
        capture_output=True,
        text=True,
    )
    *killed, whole = ended.stdout.splitlines()
    assert killed == ["9 new 0 2"] * 7
    assert whole == "0 dismissed 1 3", "the last one was left to end"
    assert json.loads(last(store.workspace).after or "")["event"] == store.events(draft)[-1].event_id


@on_both_stores
def test_a_worked_log_is_verified_shipped_and_paged(store: Store, tmp_path: Path) -> None:
    drafts = [a_draft(name) for name in "abc"]
    store.run("r1", *drafts)
    for draft in drafts:
        store.act(draft, "triage")
    store.run("r2", drafts[0])
    store.writer.reveal(actor="li", reason="case 12", what="identity", rows=1, at="noon", subject="P-X")
    verified = verify_log(store.workspace, actor="wang", at="noon")
    assert (verified.fault, verified.entries) == (None, 7)
    assert ship(store.workspace, tmp_path / "log.jsonl") == 7
    with open_store(store.workspace) as reader:
        assert [entry.number for entry in page(reader, LogFilters(object="alert"))] == [5, 4, 3]
