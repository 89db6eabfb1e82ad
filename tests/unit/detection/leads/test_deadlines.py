"""A sender's deadline stays until the sender can be answered, and hides no other clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from support.case_steps import LI, PAIR, STEPS, ZHAO, act, go, page
from support.lead_files import NOON, imported, make_packets
from support.store_runs import Store

from detection.cases.life_cycle import Role
from detection.cases.money import Entry
from detection.cases.moves import Act
from detection.followup import cases as casework
from detection.followup.casework.combining import merge
from detection.store.queries import open_store
from detection.store.queries.leads.queue import LeadFilters, lead_lines

TODAY = dt.date(2026, 11, 30)
FIRST, SECOND, CASE = "L-2026-0001", "L-2026-0002", "C-2026-0001"
ANNA = {"subject_kind": "person", "subject_id": "anna"}
ENDING = "legitimate_explained/nursing_home"
TO_CASE: list[tuple[str, Role, Act]] = [
    ("zhao", "supervisor", act("assign", inspectors=PAIR)),
    ("li", "inspector", act("propose_case")),
    ("zhao", "supervisor", act("open_case", code="agreement")),
]


def clocks(store: Store, number: str) -> list[tuple[str, str]]:
    return [(clock.clock, clock.day.isoformat()) for clock in page(store, number).clocks]


def queue(store: Store) -> list[tuple[str, str]]:
    with open_store(store.workspace) as reader:
        lines = lead_lines(reader, LeadFilters(), TODAY)
    return [(line.lead.case_id, line.due.clock if line.due else "") for line in lines]


def test_a_late_deadline_of_the_sender_leaves_the_check_of_15_working_days(store: Store) -> None:
    make_packets(store)
    imported(store, ANNA | {"deadline": "2027-03-01"})
    assert clocks(store, FIRST) == [("lead_check", "2026-12-14"), ("sender_deadline", "2027-03-01")]
    assert queue(store) == [(FIRST, "lead_check")]


def test_the_deadline_stays_in_the_queue_and_on_the_case_until_the_case_ends(store: Store) -> None:
    make_packets(store)
    imported(store, ANNA | {"deadline": "2026-12-07"}, ANNA | {"deadline": "2026-12-03"}, ANNA)
    go(store, FIRST, TO_CASE)
    assert clocks(store, CASE)[0] == ("sender_deadline", "2026-12-07")
    assert ("case_limit" in dict(clocks(store, CASE))) and clocks(store, FIRST) == [
        ("sender_deadline", "2026-12-07")
    ]
    go(store, SECOND, TO_CASE)
    assert clocks(store, CASE)[0] == ("sender_deadline", "2026-12-03"), "the first of its leads"
    go(store, "L-2026-0003", TO_CASE)
    assert queue(store) == [(SECOND, "sender_deadline"), (FIRST, "sender_deadline")]


def test_the_deadline_of_a_merged_lead_is_that_of_the_lead_that_goes_on(store: Store) -> None:
    make_packets(store)
    imported(store, ANNA, ANNA | {"deadline": "2026-12-03"})
    merge(store.workspace.root, SECOND, FIRST, actor=ZHAO, at=NOON, reason="the same matter")
    assert dict(clocks(store, FIRST)) == {"sender_deadline": "2026-12-03", "lead_check": "2026-12-14"}
    assert clocks(store, SECOND) == []
    go(store, FIRST, TO_CASE)
    assert clocks(store, CASE)[0] == ("sender_deadline", "2026-12-03")
    assert queue(store) == [(SECOND, "sender_deadline")]


def test_an_ended_lead_has_no_deadline_any_more(store: Store) -> None:
    make_packets(store)
    imported(store, ANNA | {"deadline": "2026-12-03"})
    go(store, FIRST, [*TO_CASE[:1], ("li", "inspector", act("propose_ending", code=ENDING))])
    assert queue(store) == [(FIRST, "sender_deadline")]
    go(store, FIRST, [("zhao", "supervisor", act("confirm_ending"))])
    assert (clocks(store, FIRST), queue(store)) == ([], [])


def test_a_lead_leaves_the_queue_when_its_case_is_closed(store: Store) -> None:
    make_packets(store)
    imported(store, ANNA | {"deadline": "2026-12-03"})
    go(store, FIRST, TO_CASE)
    go(store, CASE, STEPS[1:2])
    entry = Entry("recovered", "pool", "confirmed", 1500)
    record(store, entry)
    go(store, CASE, STEPS[2:])
    assert queue(store) == [(FIRST, "sender_deadline")], "decided, and not answered yet"
    record(store, replace(entry, stage="upheld"))
    record(store, replace(entry, stage="received"))
    go(store, CASE, [("zhao", "supervisor", act("close"))])
    assert (clocks(store, CASE), clocks(store, FIRST), queue(store)) == ([], [], [])


def record(store: Store, entry: Entry) -> None:
    casework.record_money(store.workspace.root, CASE, entry, act("record_money"), actor=LI, at=NOON)
