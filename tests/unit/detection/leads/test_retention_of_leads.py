"""What senders wrote in words goes by dated rules once a lead and its case have ended, and does not return."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from support.both_stores import on_both_stores
from support.commands import fundwatch
from support.lead_files import NOON, ZHAO, imported, make_packets
from support.store_runs import Store

from detection.cases.moves import Act, Actor
from detection.followup import cases as casework
from detection.followup.audit.verifying import verify_log
from detection.run.leads import follow_leads
from detection.store.queries import open_store
from detection.store.queries.leads.lead import OutsidePart, outside_part
from detection.store.retention import expire, expiring
from features.tables import Tables
from features.workspace import Place

RULES = '[evidence_months]\nvalue = 24\nunit = "months"\nsource = "Order 7 of 2020"\nfrom = 2020-01-01\n'
LONG_AFTER = dt.date(2029, 1, 15)
PAIR = frozenset({"li", "wang"})
SECRET = "她用奶奶的卡买药"
DAY = dt.date(2026, 11, 30)


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    file = tmp_path / "retention.toml"
    file.write_text(RULES)
    return file


def part(store: Store, number: str) -> OutsidePart:
    with open_store(store.workspace) as reader:
        shown = outside_part(reader, number)
    assert shown is not None
    return shown


def end(store: Store, number: str) -> None:
    """Check a lead and end it without a case."""
    where = Place(store.workspace.root, store.workspace.database)
    for actor, act in (
        (ZHAO, Act("assign", DAY, inspectors=PAIR)),
        (
            Actor("li", "inspector"),
            Act("propose_ending", DAY, reason="nothing in it", code="inconclusive/records_missing"),
        ),
        (ZHAO, Act("confirm_ending", DAY, reason="read the file")),
    ):
        casework.move(where, number, act, actor=actor, at=NOON)


@on_both_stores
def test_words_of_ended_leads_go_with_an_entry_and_the_log_still_verifies(store: Store, rules: Path) -> None:
    make_packets(store)
    imported(store, {"institution": "同名药店", "text": SECRET}, {"text": SECRET})
    where = store.workspace.store
    assert expiring(where, rules, LONG_AFTER).leads == (), "none has ended"
    end(store, "L-2026-0001")
    assert expiring(where, rules, dt.date(2027, 1, 15)).leads == (), "the months are not over"
    plan = expiring(where, rules, LONG_AFTER)
    assert len(plan.leads) == 1 and not plan.empty
    expire(where, plan, actor="sun", at="2029-01-15T08:00:00", reason="Order 7 of 2020")
    removed, kept = part(store, "L-2026-0001"), part(store, "L-2026-0002")
    assert (removed.text, removed.institution, removed.purged) == ("", "", "2029-01-15")
    assert removed.sender_number == "n-1" and kept.text == SECRET and kept.purged == ""
    assert verify_log(store.workspace, actor="sun", at=NOON).fault is None
    assert expiring(where, rules, LONG_AFTER).empty


def test_the_command_says_how_many_and_no_byte_is_left_in_the_file(store: Store, rules: Path) -> None:
    make_packets(store)
    imported(store, {"text": SECRET})
    end(store, "L-2026-0001")
    rules.write_text(RULES.replace("value = 24", "value = 0"))
    with sqlite3.connect(store.workspace.store_file) as connection:
        connection.execute("UPDATE case_event SET at = '2020-01-01T08:00:00'")
    connection.close()
    ended = fundwatch(
        "purge", "--workspace", store.workspace.root, "--rules", rules, "--reason", "Order 7", "--yes"
    )
    assert ended.code == 0 and "1 outside leads" in ended.out
    files = [*store.workspace.root.glob("store.sqlite*")]
    assert files and not [file for file in files if SECRET.encode() in file.read_bytes()]


def test_a_lead_of_a_running_case_keeps_its_words(store: Store, rules: Path) -> None:
    make_packets(store)
    imported(store, {"subject_kind": "person", "subject_id": "anna", "text": SECRET})
    for actor, act in (
        (ZHAO, Act("assign", DAY, inspectors=PAIR)),
        (Actor("li", "inspector"), Act("propose_case", DAY, reason="two patterns agree")),
        (ZHAO, Act("open_case", DAY, reason="read the file", code="agreement")),
    ):
        casework.move(store.workspace.root, "L-2026-0001", act, actor=actor, at=NOON)
    assert part(store, "L-2026-0001").opened == "C-2026-0001"
    assert expiring(store.workspace.store, rules, LONG_AFTER).leads == ()


def test_later_data_do_not_bring_words_back(store: Store, rules: Path) -> None:
    row = {
        "lead_id": ["a-1"],
        "received_on": [dt.date(2026, 11, 2)],
        "sender": ["complaint"],
        "subject_kind": ["person"],
        "subject_id": ["anna"],
        "text": [SECRET],
        "due_on": [None],
        "source_row": [1],
    }
    tables = Tables({"outside_leads": nw.from_native(pl.LazyFrame(row))}, {"outside_leads": frozenset(row)})
    make_packets(store)
    follow_leads(store.workspace, tables, run_id="0123456789abcdef", digest="d", at=NOON)
    end(store, "L-2026-0001")
    where = store.workspace.store
    expire(where, expiring(where, rules, LONG_AFTER), actor="sun", at="2029-01-15T08:00:00", reason="Order 7")
    done = follow_leads(store.workspace, tables, run_id="fedcba9876543210", digest="d", at=NOON)
    assert (done.new, done.changed) == (0, 0)
    assert part(store, "L-2026-0001").text == ""
