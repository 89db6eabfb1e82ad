"""Steps of a case in tests: who does what, from a packet to the end."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from support.drafts import a_draft
from support.store_runs import Store

from detection.alerts.draft import Subject
from detection.cases.life_cycle import Role
from detection.cases.moves import Act, Actor
from detection.followup import cases as casework
from detection.store.queries import open_store
from detection.store.queries.casework.cases import CasePage, case_page
from detection.store.queries.casework.packets import PacketFilters, packets

DAY = dt.date(2026, 11, 30)
NOON = "2026-11-30T12:00:00"
PAIR = frozenset({"li", "wang"})
LI, ZHAO = Actor("li", "inspector"), Actor("zhao", "supervisor")


def act(move: str, code: str = "", document: str = "", inspectors: frozenset[str] = frozenset()) -> Act:
    return Act(
        move,
        DAY,
        reason="按案卷办理 / as the file says",
        code=code,
        document=document,
        document_day=DAY if document else None,
        inspectors=inspectors,
    )


STEPS: list[tuple[str, Role, Act]] = [
    ("zhao", "supervisor", act("approve_opening", code="agreement")),
    ("zhao", "supervisor", act("assign", inspectors=PAIR)),
    ("li", "inspector", act("draft_findings", code="confirmed_violation/not_delivered")),
    ("chen", "reviewer", act("review_findings")),
    ("wang", "inspector", act("request_statement", document="2026-17")),
    ("li", "inspector", act("propose_disposition", code="return_of_funds")),
    ("zhao", "supervisor", act("approve_disposition")),
    ("sun", "director", act("approve_finally")),
]


def make_packet(store: Store) -> str:
    """A packet of two alerts of 12.34 yuan each."""
    subject = Subject("person", "anna", ("anna",), None, None, "320602")
    store.run("r1", *(replace(a_draft(case), subject=subject) for case in "ab"))
    with open_store(store.workspace) as reader:
        [packet] = packets(reader, PacketFilters())
    return packet.packet_id


def page(store: Store, case_id: str, today: dt.date = DAY) -> CasePage:
    with open_store(store.workspace) as reader:
        return case_page(reader, case_id, today)


def go(store: Store, case_id: str, steps: list[tuple[str, Role, Act]]) -> None:
    for name, role, step in steps:
        casework.move(store.workspace.root, case_id, step, actor=Actor(name, role), at=NOON)
