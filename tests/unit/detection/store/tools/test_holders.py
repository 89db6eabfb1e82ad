"""Who may hold a packet or a case is one answer: for taking, for assigning, and for the names that are offered."""

from __future__ import annotations

import pytest
from support.case_steps import LI, NOON, ZHAO, act, go, make_packet, page
from support.lead_files import imported, make_packets
from support.signing_in import TERMINAL, add_user
from support.store_runs import Store

from detection.accounts.opening import open_accounts
from detection.accounts.rights import Role
from detection.cases.moves import Actor, MoveRefusedError
from detection.followup import cases as casework
from detection.followup.audit.verifying import verify_log
from detection.followup.casework.assigning import assign_cases, assign_packets
from detection.followup.outside.matching import choose_subject
from detection.store.queries import open_store
from detection.store.queries.casework.packets import PacketFilters, packets
from detection.store.queries.casework.tools.inspectors import inspectors
from features.errors import UsageError

HERE, ELSEWHERE = ("320602",), ("320601",)
"""The district of the packet's alerts, and another."""
PEOPLE: dict[str, tuple[Role, tuple[str, ...] | None]] = {
    "li": (Role.inspector, None),
    "near": (Role.inspector, HERE),
    "far": (Role.inspector, ELSEWHERE),
    "gone": (Role.inspector, None),
    "zhao": (Role.supervisor, None),
}
ABLE = {"li", "near"}
NAMES = [*PEOPLE, "nobody"]


@pytest.fixture
def packet(store: Store) -> str:
    """A packet of one district, in a workspace with users of whom one may no longer sign in."""
    packet_id = make_packet(store)
    for name, (role, districts) in PEOPLE.items():
        add_user(store.workspace.root, name, role, districts)
    open_accounts(store.workspace.root).users(TERMINAL).disable("gone", NOON)
    return packet_id


@pytest.mark.parametrize("name", NAMES)
def test_a_packet_goes_to_who_may_hold_it(store: Store, packet: str, name: str) -> None:
    done = assign_packets(store.workspace.root, [packet], name, actor=ZHAO, at=NOON)
    assert done.done == ((packet,) if name in ABLE else ())
    assert len(done.refused) == (name not in ABLE)


@pytest.mark.parametrize("name", NAMES)
def test_a_packet_is_taken_by_who_may_hold_it(store: Store, packet: str, name: str) -> None:
    role, districts = PEOPLE.get(name, (Role.inspector, None))
    actor = Actor(name, "supervisor" if role is Role.supervisor else "inspector", districts=districts)
    if name in ABLE:
        casework.take(store.workspace.root, packet, actor=actor, at=NOON)
        return
    with pytest.raises(UsageError):
        casework.take(store.workspace.root, packet, actor=actor, at=NOON)


@pytest.mark.parametrize("name", NAMES)
def test_a_lead_is_assigned_to_who_may_hold_it(store: Store, packet: str, name: str) -> None:
    root = store.workspace.root
    add_user(root, "wang", Role.inspector)
    lead = casework.open_case(root, packet, actor=LI, at=NOON, reason="patterns agree", kind="lead")
    done = assign_cases(root, [lead.case_id], frozenset({"wang", name}), actor=ZHAO, at=NOON)
    assert done.done == ((lead.case_id,) if name in ABLE else ())
    assert len(done.refused) == (name not in ABLE)


def test_offered_are_those_who_may_hold_some_packet(store: Store, packet: str) -> None:
    assert packet
    with open_store(store.workspace) as reader:
        assert {each.name for each in inspectors(reader)} == {*ABLE, "far"}


def test_who_is_recused_in_a_lead_about_the_subject_holds_no_packet_of_it(store: Store) -> None:
    root = store.workspace.root
    make_packets(store)
    imported(store, {"subject_kind": "person", "subject_id": "anna"})
    recusal = act("declare_recusal", inspectors=frozenset({"wang"}))
    go(store, "L-2026-0001", [("wang", "inspector", recusal)])
    with open_store(store.workspace) as reader:
        [packet] = [each.packet_id for each in packets(reader, PacketFilters())]
    with pytest.raises(UsageError, match="Recused"):
        casework.take(root, packet, actor=Actor("wang", "inspector"), at=NOON)
    refused = assign_packets(root, [packet], "wang", actor=ZHAO, at=NOON).refused
    assert [str(each) for each in refused] == [f"{packet}: Recused, and not to be assigned: wang."]
    casework.take(root, packet, actor=LI, at=NOON)


def test_who_is_recused_no_longer_holds_the_packet(store: Store) -> None:
    root, wang = store.workspace.root, Actor("wang", "inspector")
    make_packets(store)
    imported(store, {"subject_kind": "person", "subject_id": "anna"})
    with open_store(store.workspace) as reader:
        [packet] = [each.packet_id for each in packets(reader, PacketFilters())]
    casework.take(root, packet, actor=wang, at=NOON)
    recusal = act("declare_recusal", inspectors=frozenset({"wang", "li"}))
    go(store, "L-2026-0001", [("zhao", "supervisor", recusal)])
    assert _holders(store) == {packet: ""}
    done = assign_packets(root, [packet], "near", actor=ZHAO, at=NOON)
    assert done.done == (packet,)
    go(store, "L-2026-0001", [("zhao", "supervisor", act("note"))])
    assert _holders(store) == {packet: "near"}
    assert verify_log(store.workspace, actor="sun", at=NOON).fault is None


def test_who_is_recused_gives_up_a_packet_that_the_lead_turns_out_to_concern(store: Store) -> None:
    root = store.workspace.root
    make_packets(store)
    imported(store, {"subject_kind": "", "subject_id": ""})
    with open_store(store.workspace) as reader:
        [packet] = [each.packet_id for each in packets(reader, PacketFilters())]
    casework.take(root, packet, actor=Actor("wang", "inspector"), at=NOON)
    go(store, "L-2026-0001", [("wang", "inspector", act("declare_recusal", inspectors=frozenset({"wang"})))])
    assert _holders(store) == {packet: "wang"}, "the lead is about nobody yet"
    choose_subject(root, "L-2026-0001", packet, actor=ZHAO, at=NOON, reason="the same address")
    assert _holders(store) == {packet: ""}


def _holders(store: Store) -> dict[str, str]:
    with open_store(store.workspace) as reader:
        return {each.packet_id: each.holder for each in packets(reader, PacketFilters())}


def test_other_inspectors_take_the_place_of_recused_ones(store: Store) -> None:
    packet_id = make_packet(store)
    lead = casework.open_case(store.workspace.root, packet_id, actor=LI, at=NOON, reason="agree", kind="lead")
    recusal = act("declare_recusal", inspectors=frozenset({"wang"}))
    go(
        store,
        lead.case_id,
        [
            ("zhao", "supervisor", act("assign", inspectors=frozenset({"li", "wang"}))),
            ("wang", "inspector", recusal),
        ],
    )
    with pytest.raises(MoveRefusedError, match="Recused"):
        go(
            store,
            lead.case_id,
            [("zhao", "supervisor", act("reassign", inspectors=frozenset({"li", "wang"})))],
        )
    go(store, lead.case_id, [("zhao", "supervisor", act("reassign", inspectors=frozenset({"li", "near"})))])
    now = page(store, lead.case_id)
    assert (now.case.state, now.standing.inspectors) == ("checking", frozenset({"li", "near"}))
    assert now.standing.recused == {"wang"}


def test_leads_that_were_changed_meanwhile_are_not_assigned(store: Store, packet: str) -> None:
    root = store.workspace.root
    add_user(root, "wang", Role.inspector)
    lead = casework.open_case(root, packet, actor=LI, at=NOON, reason="patterns agree", kind="lead")
    seen = {lead.case_id: lead.event_id}
    note = act("note")
    casework.move(root, lead.case_id, note, actor=ZHAO, at=NOON)
    pair = frozenset({"li", "wang"})
    assert assign_cases(root, [lead.case_id], pair, actor=ZHAO, at=NOON, seen=seen).done == ()
    assert assign_cases(root, [lead.case_id], pair, actor=ZHAO, at=NOON).done == (lead.case_id,)
