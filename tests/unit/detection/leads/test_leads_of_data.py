"""Leads of an export come into the queue with a run, once, and are followed when the data or the alerts change."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Mapping
from dataclasses import replace

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from support.both_stores import on_both_stores
from support.drafts import a_draft
from support.lead_files import NOON, PLACES, WANG, imported, make_packets
from support.store_runs import Store

from detection.alerts.draft import Subject
from detection.followup.audit.verifying import verify_log
from detection.followup.outside.matching import choose_subject
from detection.leads.senders import sender_named, sender_text
from detection.run.leads import LeadsDone, follow_leads
from detection.store.queries import open_store
from detection.store.queries.casework.cases import case_page
from detection.store.queries.leads.queue import LeadFilters, LeadLine, lead_lines
from features.tables import Tables

TODAY = dt.date(2026, 12, 1)
RUN = {"run_id": "0123456789abcdef", "digest": "snapshot", "at": "2026-12-01T08:00:00"}
ROW = {
    "lead_id": "a-1",
    "received_on": dt.date(2026, 11, 23),
    "sender": "national_list",
    "subject_kind": "payer_account",
    "subject_id": "anna",
    "text": "她用奶奶的卡买药\r\n两次",
    "due_on": dt.date(2026, 12, 20),
    "source_row": 1,
}
LATER = {"lead_id": "a-2", "received_on": dt.date(2026, 12, 14), "source_row": 2}
GROUP = {"lead_id": "a-3", "subject_kind": "group", "subject_id": "g", "due_on": None, "text": None}


def follow(store: Store, *rows: Mapping[str, object]) -> LeadsDone:
    frame = pl.DataFrame([{**ROW, **row} for row in rows], infer_schema_length=None).lazy()
    tables = Tables({"outside_leads": nw.from_native(frame)}, {"outside_leads": frozenset(ROW)})
    return follow_leads(store.workspace, tables, **RUN)


def queue(store: Store) -> dict[str, LeadLine]:
    with open_store(store.workspace) as reader:
        return {line.sender_number: line for line in lead_lines(reader, LeadFilters(), TODAY)}


def moves(store: Store, case_id: str) -> list[tuple[str, str]]:
    with open_store(store.workspace) as reader:
        return [(event.move, event.code) for event in case_page(reader, case_id, TODAY).events]


@on_both_stores
def test_leads_of_data_come_once_with_their_match_and_their_deadline(store: Store) -> None:
    make_packets(store)
    done = follow(store, {}, LATER, GROUP)
    assert (done.new, done.changed, done.matched) == (2, 0, 0)
    assert [str(problem) for problem in done.problems] == ["row 2, received_on: a day to come"]
    lines = queue(store)
    assert lines.keys() == {"a-1", "a-3"}
    lead = lines["a-1"]
    assert (lead.match, lead.sender, lead.kind) == ("packet", "national_list", "national_list")
    assert lead.packet_id.startswith("insured.P-"), "an account is its owner"
    assert lines["a-3"].match == "unknown"
    assert follow(store, {}, GROUP) == LeadsDone(), "a run on the same data changes nothing"
    assert moves(store, lead.lead.case_id) == [("register", "")]
    assert verify_log(store.workspace, actor="sun", at=NOON).fault is None


@on_both_stores
def test_a_row_that_says_something_else_is_shown_as_changed(store: Store) -> None:
    make_packets(store)
    follow(store, {}, GROUP)
    done = follow(store, {"due_on": dt.date(2026, 12, 5), "text": "三次"}, GROUP)
    assert (done.new, done.changed) == (0, 1)
    lead = queue(store)["a-1"].lead
    assert moves(store, lead.case_id) == [
        ("register", ""),
        ("data_changed", "deadline"),
        ("data_changed", "text"),
    ]
    assert lead.due is not None and lead.due.day == dt.date(2026, 12, 5)
    follow(store, {"due_on": dt.date(2026, 12, 5), "text": "三次", "subject_id": "bob"}, GROUP)
    assert queue(store)["a-1"].match == "unknown", "another subject is matched anew"
    assert verify_log(store.workspace, actor="sun", at=NOON).fault is None


def test_what_the_log_says_of_a_lead_is_compared_with_its_last_state(store: Store) -> None:
    make_packets(store)
    follow(store, {})
    follow(store, {"text": "三次"})
    with sqlite3.connect(store.workspace.store_file) as connection:
        connection.execute("UPDATE outside_lead SET text = ?", (ROW["text"],))
    fault = verify_log(store.workspace, actor="sun", at=NOON).fault
    assert fault is not None and "outside_lead" in str(fault.what)


def test_a_run_matches_leads_that_wait_and_leaves_what_a_person_chose(store: Store) -> None:
    make_packets(store)
    bob = {"subject_kind": "person", "subject_id": "bob"}
    imported(store, bob, {"institution": "同名药店"})
    with open_store(store.workspace) as reader:
        other = reader.identity("provider", "p4")
    choose_subject(store.workspace.root, "L-2026-0002", other, actor=WANG, at=NOON, reason="the same street")
    bobs, pharmacy = (
        Subject(kind, name, members, None, None, "320602")
        for kind, name, members in (("person", "bob", ("bob",)), ("provider", "p3", ()))
    )
    drafts = [replace(a_draft(case), subject=bobs) for case in "cd"]
    store.run("r2", *drafts, replace(a_draft("e"), subject=pharmacy), institutions=PLACES)
    assert follow(store, {}) == LeadsDone(new=1, matched=1)
    lines = queue(store)
    assert lines["n-1"].match == "packet"
    assert (lines["n-2"].match, lines["n-2"].lead.pseudonym) == ("subject", other)
    assert moves(store, "L-2026-0001") == [("register", ""), ("match", "")]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_sender_of_such_leads_has_a_name(language: str) -> None:
    shown = sender_text("national_list", language)
    assert shown != "national_list" and sender_named(f" {shown} ") == "national_list"
    assert sender_text("省医保局/稽核", language) == sender_named("省医保局/稽核") == "省医保局/稽核"
