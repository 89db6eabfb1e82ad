"""The log of a workspace: tampering by SQL is named, heads are anchored, copies are shipped."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pytest
from support.commands import fundwatch
from support.drafts import a_draft
from support.signing_in import LI
from support.store_runs import Store

from detection.audit.chain import Verified
from detection.audit.entry import values_of
from detection.audit.settings import SETTINGS_FILE, AnchorSettings, read_settings, write_settings
from detection.followup.acts import act
from detection.followup.audit.anchoring import anchor_to, configure
from detection.followup.audit.shipping import ship
from detection.followup.audit.verifying import last_verification, verify_log
from detection.followup.reveals import reveal
from detection.store.queries import open_store
from detection.store.queries.audit.pages import LogFilters, actions, count, page
from detection.store.writer import Writer
from features.errors import InputError, StoreError, UsageError, WorkspaceError

AT = "2026-01-15T08:00:00"


@pytest.fixture
def worked(store: Store) -> Store:
    """A log of eight entries: the first, a run, four acts, a reveal and an export."""
    drafts = [a_draft(name) for name in "abc"]
    store.run("r1", *drafts)
    for draft in drafts:
        store.act(draft, "triage")
    store.act(drafts[0], "undo", "")
    store.writer.reveal(actor="li", reason="case 12", what="identity", rows=1, at=AT, subject="P-X")
    store.writer.export(actor="li", what="alerts", detail="", file_format="csv", rows=3, at=AT)
    return store


def tamper(store: Store, *statements: str) -> None:
    with sqlite3.connect(store.workspace.store_file) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)


def verified(store: Store, *, anchors: Path | None = None, copy: Path | None = None) -> Verified:
    return verify_log(store.workspace, actor="wang", at=AT, anchors=anchors, copy=copy)


def named(store: Store, *, anchors: Path | None = None, copy: Path | None = None) -> tuple[str, int, str]:
    fault = verified(store, anchors=anchors, copy=copy).fault
    assert fault is not None, "tampering was not seen"
    return fault.kind, fault.number, str(fault.what)


def test_a_whole_log_is_reported_and_kept_for_the_screens(worked: Store) -> None:
    seen = verified(worked)
    assert (seen.fault, seen.entries) == (None, 8)
    last = last_verification(worked.workspace.root)
    assert last is not None and (last.entries, last.kind, last.actor) == (8, "", "wang")


@pytest.mark.parametrize(
    ("statement", "kind", "number"),
    [
        ("UPDATE audit_entry SET actor = 'x' WHERE number = 4", "altered", 4),
        ("UPDATE audit_entry SET reason = x'ff' WHERE number = 4", "altered", 4),
        ("DELETE FROM audit_entry WHERE number = 5", "removed", 5),
        ("DELETE FROM audit_entry WHERE number <= 2", "removed", 1),
        ("DELETE FROM audit_entry", "removed", 1),
        ("UPDATE alert_event SET actor = 'x' WHERE event_id = 2", "history", 4),
        ("UPDATE alert SET status = 'new'", "", 0),
        ("DELETE FROM alert_event WHERE event_id = 3", "history", 5),
        ("DELETE FROM reveal", "history", 7),
        ("UPDATE reveal SET subject = 'P-Y'", "history", 7),
        ("UPDATE reveal SET subject = NULL", "history", 7),
        ("UPDATE export SET rows = 1", "history", 8),
        ("UPDATE export SET what = 'risk'", "history", 8),
        (
            "INSERT INTO reveal SELECT 9, at, actor, reason, what, rows, subject, until FROM reveal",
            "history",
            9,
        ),
    ],
)
def test_tampering_by_sql_is_named(worked: Store, statement: str, kind: str, number: int) -> None:
    tamper(worked, statement)
    if not kind:
        assert verified(worked).fault is None, "the state of an alert is no history"
        return
    assert named(worked)[:2] == (kind, number)
    last = last_verification(worked.workspace.root)
    assert last is not None and last.kind == kind and last.what_zh != last.what_en


def test_the_history_before_the_log_and_that_of_a_run_are_compared(store: Store) -> None:
    stays, goes = a_draft("a"), a_draft("b")
    store.run("r1", stays, goes)
    store.run("r2", stays)
    tamper(store, "UPDATE alert_event SET note = 'x' WHERE actor = 'run'")
    assert named(store)[:2] == ("history", 3)


def test_missing_triggers_are_named(worked: Store) -> None:
    with sqlite3.connect(worked.workspace.store_file) as connection:
        connection.execute("DROP TRIGGER audit_entry_no_delete")
    kind, number, what = named(worked)
    assert (kind, number) == ("unprotected", 8) and "audit_entry_no_delete" in what


def test_a_copy_names_the_fields_and_an_anchor_the_missing_end(worked: Store, tmp_path: Path) -> None:
    copy, anchors = tmp_path / "copy.jsonl", tmp_path / "heads.jsonl"
    assert ship(worked.workspace, copy) == 8
    assert anchor_to(worked.workspace, anchors)[1]
    assert verified(worked, anchors=anchors, copy=copy).anchors == 1
    tamper(worked, "UPDATE audit_entry SET reason = 'x', role = 'y' WHERE number = 4")
    assert named(worked, copy=copy) == ("altered", 4, "Entry 4 was altered: role, reason differ.")
    tamper(worked, "DELETE FROM audit_entry WHERE number > 3")
    assert named(worked, anchors=anchors)[:2] == named(worked, copy=copy)[:2] == ("truncated", 4)
    assert named(worked)[:2] == ("history", 4), "without either, acts without entries show it"


def test_entries_are_shipped_once_whatever_happens(worked: Store, tmp_path: Path) -> None:
    out = tmp_path / "log.jsonl"
    assert ship(worked.workspace, out, first=3) == 6
    assert ship(worked.workspace, out) == 0
    worked.writer.export(actor="li", what="risk", detail="", file_format="csv", rows=3, at=AT)
    with out.open("ab") as file:
        file.write(b'{"action":"exp')  # as a killed command leaves it
    assert ship(worked.workspace, out) == 1
    numbers = [json.loads(line)["number"] for line in out.read_text(encoding="utf-8").splitlines()]
    assert numbers == [3, 4, 5, 6, 7, 8, 9]
    with pytest.raises(UsageError, match="in between"):
        ship(worked.workspace, out, first=11)


def test_a_file_of_another_log_is_not_continued(worked: Store, tmp_path: Path) -> None:
    out = tmp_path / "log.jsonl"
    ship(worked.workspace, out)
    before = out.read_bytes()
    other = Store(tmp_path / "other")
    with pytest.raises(UsageError, match="another log"):
        ship(other.workspace, out)
    assert out.read_bytes() == before
    for content in ("a list of something else\n", "a text without an end of line"):
        out.write_text(content)
        with pytest.raises(InputError):
            ship(worked.workspace, out)
        assert out.read_text() == content


def test_every_act_anchors_by_itself_where_that_is_configured(worked: Store, tmp_path: Path) -> None:
    heads, given, program = tmp_path / "heads.jsonl", tmp_path / "given", tmp_path / "take"
    program.write_text(f'#!/bin/sh\ncat >> "{given}"\n')
    program.chmod(0o700)
    configure(worked.workspace, file=heads, program=program, actor="li", at=AT)
    draft = a_draft("b")
    act(worked.workspace.root, [draft.alert_id, "A-unknown"], actor=LI, action="triage", at=AT)
    act(worked.workspace.root, [draft.alert_id], actor=LI, action="undo", at=AT)
    lines = heads.read_text().splitlines()
    assert [json.loads(line)["number"] for line in lines] == [11, 12]
    assert given.read_text().splitlines() == lines
    assert verified(worked).anchors == 2, "the configured file is compared"
    tamper(worked, "DELETE FROM audit_entry WHERE number = 12")
    assert named(worked)[:2] == ("truncated", 12)


def test_a_missing_configured_anchor_is_an_error(worked: Store, tmp_path: Path) -> None:
    heads = tmp_path / "heads.jsonl"
    configure(worked.workspace, file=heads, program=None, actor="li", at=AT)
    anchor_to(worked.workspace, heads)
    assert verified(worked).anchors == 1
    heads.unlink()
    with pytest.raises(InputError):
        verified(worked)


def test_settings_are_not_changed_without_an_entry(
    worked: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StoreError("full")

    monkeypatch.setattr(Writer, "enter", refuse)
    with pytest.raises(StoreError):
        configure(worked.workspace, file=tmp_path / "heads", program=None, actor="li", at=AT)
    assert not (worked.workspace.root / SETTINGS_FILE).exists()


def test_a_failure_to_anchor_is_reported_and_stops_nothing(
    worked: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    configure(worked.workspace, file=tmp_path / "none" / "heads", program=None, actor="li", at=AT)
    done = act(worked.workspace.root, [a_draft("b").alert_id], actor=LI, action="escalate", at=AT)
    assert done.done and "was not anchored" in caplog.text


def test_settings_that_others_can_write_run_nothing(worked: Store, tmp_path: Path) -> None:
    given, program = tmp_path / "given", tmp_path / "take"
    program.write_text(f'#!/bin/sh\ncat >> "{given}"\n')
    program.chmod(0o700)
    configure(worked.workspace, file=None, program=program, actor="li", at=AT)
    settings = worked.workspace.root / SETTINGS_FILE
    assert settings.stat().st_mode & 0o077 == 0
    settings.chmod(0o622)
    act(worked.workspace.root, [a_draft("b").alert_id], actor=LI, action="escalate", at=AT)
    assert not given.exists()


@pytest.mark.parametrize("path", ["heads.jsonl", "{root}/heads.jsonl"])
def test_an_anchor_inside_the_workspace_is_refused(worked: Store, path: str) -> None:
    with pytest.raises(UsageError):
        configure(
            worked.workspace,
            file=Path(path.format(root=worked.workspace.root)),
            program=None,
            actor="li",
            at=AT,
        )


def test_settings_that_name_what_lies_in_the_workspace_are_not_believed(worked: Store) -> None:
    root = worked.workspace.root
    write_settings(root, AnchorSettings(program=str(root / "take")))
    with pytest.raises(WorkspaceError, match="settings of the anchor"):
        read_settings(root)


def test_a_damaged_anchor_file_is_an_error_in_words(worked: Store, tmp_path: Path) -> None:
    heads = tmp_path / "heads.jsonl"
    anchor_to(worked.workspace, heads)
    assert not anchor_to(worked.workspace, heads)[1], "the same head once"
    whole = heads.read_text()
    for content in ("[]\n", whole[:20], whole + whole.replace('"number": 8', '"number": 7'), "\udcff"):
        heads.write_bytes(os.fsencode(content))
        with pytest.raises(InputError):
            verified(worked, anchors=heads)


def test_a_refused_reveal_is_entered_without_what_was_typed(worked: Store) -> None:
    for typed in ("P-ABCDEFGHIJKLM", "320602196203011234"):
        with pytest.raises(UsageError):
            reveal(worked.workspace.root, typed, reason="a good reason", actor=LI, at=AT)
    with open_store(worked.workspace) as reader:
        number, pseudonym = page(reader, LogFilters(action="refusal"))
    assert (pseudonym.object, number.object) == ("identity:P-ABCDEFGHIJKLM", "identity:?")
    assert values_of(pseudonym.after)["requested"] == "reveal"
    assert "320602196203011234" not in number.line()


def test_pages_are_filtered_and_counted_by_the_database(worked: Store) -> None:
    with open_store(worked.workspace) as reader:
        assert [entry.number for entry in page(reader, size=3, page=2)] == [5, 4, 3]
        assert count(reader) == 8
        assert "undo" in actions(reader)
        for filters, numbers in (
            (LogFilters(actor="li", action="triage"), [5, 4, 3]),
            (LogFilters(first="2026-01-15", last="2026-01-15"), [8, 7]),
            (LogFilters(last="2026-01-14"), [1]),
            (LogFilters(object=f"alert:{a_draft('a').alert_id}"), [6, 3]),
            (LogFilters(object="alert"), [6, 5, 4, 3]),
            (LogFilters(object="workspace"), [1]),
            (LogFilters(object="%"), []),
        ):
            assert [entry.number for entry in page(reader, filters)] == numbers
            assert count(reader, filters) == len(numbers)


def test_the_commands_verify_show_ship_and_anchor(worked: Store, tmp_path: Path) -> None:
    words = ("--workspace", worked.workspace.root)
    heads, out = tmp_path / "heads.jsonl", tmp_path / "log.jsonl"
    assert fundwatch("audit", "anchor", *words, "--to", heads).code == 0
    assert "8 entries" in fundwatch("audit", "ship", *words, "--out", out).out
    whole = fundwatch("audit", "verify", *words, "--anchor", heads, "--shipped", out)
    assert whole.code == 0 and "8 entries; anchors that agree: 1" in whole.out
    shown = fundwatch("audit", "show", *words, "--action", "undo")
    assert "status=new" in shown.out and "1 of 1" in shown.out
    tamper(worked, "UPDATE audit_entry SET actor = 'x' WHERE number = 4")
    wrong = fundwatch("audit", "verify", *words, locale="zh_CN.UTF-8")
    assert wrong.code == 9 and "第 4 条被改动" in wrong.err
    inside = fundwatch("audit", "ship", *words, "--out", worked.workspace.root / "log.jsonl")
    assert inside.code == 2
