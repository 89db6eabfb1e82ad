"""Money goes back to the sender of a lead only where the case is about that lead alone."""

from __future__ import annotations

from dataclasses import replace

from support.case_steps import LI, NOON, PAIR, STEPS, ZHAO, act, go
from support.lead_files import SENDER, imported, make_packets
from support.store_runs import Store

from detection.cases.life_cycle import Role
from detection.cases.money import Entry
from detection.cases.moves import Act
from detection.followup import cases as casework
from detection.followup.outside.feedback import feedback
from detection.store.queries import open_store
from detection.store.queries.leads.feedback import FeedbackLine, feedback_lines

ANNA = {"subject_kind": "person", "subject_id": "anna", "kind": "province_list"}
OTHER, CASE = "国家医保局", "C-2026-0001"
TO_CASE: list[tuple[str, Role, Act]] = [
    ("zhao", "supervisor", act("assign", inspectors=PAIR)),
    ("li", "inspector", act("propose_case")),
    ("zhao", "supervisor", act("open_case", code="agreement")),
]


def decide(store: Store, *leads: str) -> None:
    for lead in leads:
        go(store, lead, TO_CASE)
    go(store, CASE, STEPS[1:2])
    entry = Entry("recovered", "pool", "confirmed", 1500)
    record(store, entry)
    go(store, CASE, STEPS[2:])
    record(store, replace(entry, stage="upheld"))
    record(store, replace(entry, stage="received"))


def record(store: Store, entry: Entry) -> None:
    casework.record_money(store.workspace.root, CASE, entry, act("record_money"), actor=LI, at=NOON)


def money(store: Store, sender: str) -> list[tuple[int | None, int | None, bool]]:
    return [(line.confirmed, line.received, line.shared) for line in lines(store, sender)]


def lines(store: Store, sender: str) -> list[FeedbackLine]:
    with open_store(store.workspace) as reader:
        return feedback_lines(reader, sender)


def test_the_money_of_a_case_of_several_senders_goes_back_to_none(store: Store) -> None:
    make_packets(store)
    imported(store, ANNA)
    imported(store, ANNA, sender=OTHER)
    decide(store, "L-2026-0001", "L-2026-0002")
    assert money(store, SENDER) == money(store, OTHER) == [(None, None, True)]
    assert lines(store, SENDER)[0].state == "decided" and lines(store, SENDER)[0].verdict
    root = store.workspace.root
    sheet = feedback(root, SENDER, language="zh", actor=ZHAO, at=NOON, file_format="csv")
    content = sheet.decode("utf-8-sig")
    assert "案件不限于本线索" in content and "15.00" not in content


def test_no_sum_goes_back_twice_to_one_sender(store: Store) -> None:
    make_packets(store)
    imported(store, ANNA, ANNA, ANNA | {"kind": "complaint"})
    decide(store, "L-2026-0001", "L-2026-0002", "L-2026-0003")
    unsaid = (None, None, True)
    assert money(store, SENDER) == [unsaid, unsaid, (None, None, False)], "complaints get no money anyway"


def test_the_money_of_a_case_about_one_lead_alone_goes_back(store: Store) -> None:
    make_packets(store)
    imported(store, ANNA, ANNA)
    decide(store, "L-2026-0001")
    assert money(store, SENDER) == [(1500, 1500, False), (None, None, False)]
