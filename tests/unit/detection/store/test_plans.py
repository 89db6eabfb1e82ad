"""No query of packets, leads and cases reads a table from end to end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from support.case_steps import DAY, LI, NOON, STEPS, go
from support.drafts import a_draft
from support.plans import Query, listening, plan, read_whole
from support.store_runs import Store

from detection.alerts.draft import Subject
from detection.cases.moves import Act
from detection.followup import cases as casework
from detection.followup import suppressions as dismissals
from detection.store.queries import Reader, open_store
from detection.store.queries.casework.cases import CaseFilters, case_page, cases
from detection.store.queries.casework.pack import pack_material
from detection.store.queries.casework.packet import packet_page
from detection.store.queries.casework.packets import QUEUES, PacketFilters, counts_by_queue, packets
from detection.store.queries.casework.suppressions import suppressions
from detection.store.queries.casework.tools.inspectors import inspectors
from detection.store.queries.casework.tools.links import linked_cases, mergeable
from detection.store.queries.casework.tools.tasks import open_tasks, tasks_of_case

CASE, DISTRICT = "C-2026-0001", "320602"
SMALL = {"state", "institution", "account_user"}
"""Tables with one row, a row for each institution, or a row for each user."""

Question = Callable[[Reader, str], object]


def _second_page(queue: str) -> Question:
    return lambda reader, _: packets(reader, PacketFilters(queue), page=2, size=1)


QUESTIONS: dict[str, Question] = {
    **{f"packets of {queue or 'all'}": _second_page(queue) for queue in ("", *QUEUES)},
    "packets however they are read": lambda reader, _: packets(reader, PacketFilters("insured")),
    "free packets": lambda reader, _: packets(reader, PacketFilters(free=True), size=25),
    "packets of a district": lambda reader, _: packets(reader, PacketFilters(district=DISTRICT), size=25),
    "packets of a holder": lambda reader, _: packets(reader, PacketFilters(holder="li")),
    "tabs of the free packets": lambda reader, _: counts_by_queue(reader, PacketFilters(free=True)),
    "tabs of the packets": lambda reader, _: counts_by_queue(reader, PacketFilters()),
    "a packet": packet_page,
    "dismissals of a packet": lambda reader, packet_id: suppressions(reader, DAY, packet_id=packet_id),
    "dismissals to be confirmed": lambda reader, _: suppressions(reader, DAY, state="proposed"),
    "open cases": lambda reader, _: cases(reader, CaseFilters(open=True), DAY),
    "cases of an inspector": lambda reader, _: cases(reader, CaseFilters(inspector="li", open=True), DAY),
    "cases of a state": lambda reader, _: cases(reader, CaseFilters(kind="case", state="disposed"), DAY),
    "a case": lambda reader, _: case_page(reader, CASE, DAY),
    "links of a case": lambda reader, _: linked_cases(reader, CASE),
    "cases to merge": lambda reader, _: mergeable(reader, CASE),
    "tasks of a case": lambda reader, _: tasks_of_case(reader, CASE),
    "open tasks": lambda reader, _: open_tasks(reader, "li"),
    "inspectors": lambda reader, _: inspectors(reader),
    "a pack of a packet": pack_material,
    "a pack of a case": lambda reader, _: pack_material(reader, CASE),
}


OF_A_DISTRICT = (
    "packets however they are read",
    "free packets",
    "packets of a district",
    "packets of a holder",
    "tabs of the packets",
    "tabs of the free packets",
    "a packet",
    "open cases",
    "cases of an inspector",
    "a case",
    "links of a case",
)


@pytest.fixture
def packet_id(store: Store) -> str:
    """A packet with a dismissal that waits; and a case of another packet, with a disposition."""
    anna, ben = (Subject("person", name, (name,), "p1", "pharmacy", DISTRICT) for name in ("anna", "ben"))
    drafts = [replace(a_draft(case), subject=subject) for case, subject in (("a", anna), ("b", ben))]
    store.run("r1", *drafts)
    with open_store(store.workspace) as reader:
        first, second = (packet.packet_id for packet in packets(reader, PacketFilters()))
    root = store.workspace.root
    opened = casework.open_case(root, first, actor=LI, at=NOON, reason="two patterns agree")
    go(store, opened.case_id, STEPS)
    assert opened.case_id == CASE
    act = Act(
        "propose_suppression",
        DAY,
        reason="registered clinic day",
        code="legitimate_explained/clinic_day",
        until=dt.date(2027, 11, 30),
    )
    with open_store(store.workspace) as reader:
        [alert] = packet_page(reader, second).alerts
    dismissals.propose(root, alert.alert_id, act, actor=LI, at=NOON)
    casework.take(root, second, actor=LI, at=NOON)
    return second


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_table_is_read_from_end_to_end(store: Store, packet_id: str, question: str) -> None:
    with open_store(store.workspace) as reader:
        with listening(reader) as queries:
            QUESTIONS[question](reader, packet_id)
        plans = {query.statement: plan(reader, query) for query in queries}
    assert plans
    assert {statement: steps for statement, steps in plans.items() if set(read_whole(steps)) - SMALL} == {}


@pytest.mark.parametrize("question", OF_A_DISTRICT)
def test_no_table_is_read_from_end_to_end_for_a_reader_of_a_district(
    store: Store, packet_id: str, question: str
) -> None:
    with open_store(store.workspace, (DISTRICT,)) as reader:
        with listening(reader) as queries:
            QUESTIONS[question](reader, packet_id)
        plans = {query.statement: plan(reader, query) for query in queries}
    assert plans
    assert {statement: steps for statement, steps in plans.items() if set(read_whole(steps)) - SMALL} == {}


def test_a_table_that_is_read_from_end_to_end_is_noticed(store: Store, packet_id: str) -> None:
    assert packet_id
    with open_store(store.workspace) as reader:
        steps = plan(reader, Query("SELECT * FROM case_event WHERE actor = 'li'", ()))
        assert read_whole(steps) == ["case_event"]
        assert read_whole(plan(reader, Query("SELECT * FROM case_event WHERE event_id = 1", ()))) == []
