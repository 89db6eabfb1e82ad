"""Acts on one packet or case at the same moment, and their entries in the audit log."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace

import pytest
from support.both_stores import on_both_stores
from support.case_steps import DAY, LI, NOON, STEPS, ZHAO, act, page
from support.drafts import a_draft
from support.store_runs import Store

from detection.alerts.draft import Subject
from detection.audit.chain import verify
from detection.cases.moves import Actor, MoveRefusedError
from detection.followup import cases as casework
from detection.store.casework.writer import CaseWriter
from detection.store.queries import open_store
from detection.store.queries.audit.reading import entries
from detection.store.queries.casework.packets import PacketFilters, packets
from features.errors import UsageError


def test_an_act_that_has_not_seen_the_last_one_is_refused(store: Store, case_id: str) -> None:
    root = store.workspace.root
    seen = page(store, case_id).case.last_event
    casework.move(root, case_id, STEPS[0][2], actor=ZHAO, at=NOON, seen=seen)
    with pytest.raises(UsageError, match="changed meanwhile"):
        casework.move(
            root, case_id, act("refuse_opening"), actor=Actor("sun", "director"), at=NOON, seen=seen
        )
    assert page(store, case_id).case.state == "open"


def test_of_several_who_take_a_packet_at_once_one_has_it(store: Store, packet_id: str) -> None:
    refused: list[str] = []

    def take(name: str) -> None:
        try:
            casework.take(store.workspace.root, packet_id, actor=Actor(name, "inspector"), at=NOON)
        except UsageError as error:
            refused.append(str(error.what))

    people = [threading.Thread(target=take, args=(f"inspector {number}",)) for number in range(6)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len(refused) == 5
    assert all("has held this packet" in what for what in refused)


def test_every_act_and_refusal_is_in_the_audit_log(store: Store, packet_id: str) -> None:
    root = store.workspace.root
    casework.take(root, packet_id, actor=LI, at=NOON)
    with pytest.raises(UsageError):
        casework.take(root, packet_id, actor=Actor("wang", "inspector"), at=NOON)
    case_id = casework.open_case(root, packet_id, actor=LI, at=NOON, reason="two patterns agree").case_id
    casework.move(root, case_id, STEPS[0][2], actor=ZHAO, at=NOON)
    with open_store(store.workspace) as reader:
        entered = [(entry.action, entry.actor, entry.role, entry.object) for entry in entries(reader)]
    assert [entry for entry in entered if entry[1] in ("li", "wang", "zhao")][-8:] == [
        ("take", "li", "inspector", f"packet:{packet_id}"),
        ("refusal", "wang", "inspector", f"packet:{packet_id}"),
        ("escalate", "li", "inspector", entered[-6][3]),
        ("escalate", "li", "inspector", entered[-5][3]),
        ("record_money", "li", "inspector", f"case:{case_id}"),
        ("record_money", "li", "inspector", f"case:{case_id}"),
        ("propose_opening", "li", "inspector", f"packet:{packet_id}"),
        ("approve_opening", "zhao", "supervisor", f"case:{case_id}"),
    ]


@on_both_stores
def test_of_many_moves_at_once_none_is_lost_and_each_starts_where_the_last_ended(store: Store) -> None:
    subject = Subject("person", "anna", ("anna",), None, None, "320602")
    store.run("r1", replace(a_draft("a"), subject=subject))
    with open_store(store.workspace) as reader:
        [packet] = packets(reader, PacketFilters())
    writer = CaseWriter(store.workspace)
    case_id = writer.open("case", packet.packet_id, LI, NOON, "two patterns agree").case_id
    for name, role, step in STEPS[:2]:
        writer.move(case_id, Actor(name, role), step, NOON)
    made: list[int] = []

    def work(number: int) -> None:
        own = CaseWriter(store.workspace)
        for move in ("hold", "resume") * 4:
            step = replace(act(move, code="waiting_for_records"), until=DAY + dt.timedelta(days=number + 1))
            try:
                made.append(own.move(case_id, ZHAO, step, NOON).event_id)
            except MoveRefusedError:
                continue

    people = [threading.Thread(target=work, args=(number,)) for number in range(5)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    events = page(store, case_id).events
    assert len(made) > 5
    assert sorted(made) == [event.event_id for event in events[3:]]
    assert [event.before for event in events[1:]] == [event.after for event in events[:-1]]
    with open_store(store.workspace) as reader:
        assert verify(lambda: entries(reader)).fault is None
