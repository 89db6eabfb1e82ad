"""Packets, leads and cases that a supervisor gives to inspectors, several at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.case_steps import LI, NOON, PAIR, ZHAO
from support.drafts import a_draft
from support.signing_in import add_user
from support.store_runs import Store

from detection.accounts.rights import Role
from detection.alerts.draft import Subject
from detection.cases import limits
from detection.followup import cases as casework
from detection.followup.audit.verifying import verify_log
from detection.followup.casework.assigning import assign_cases, assign_packets
from detection.store.casework import holdings
from detection.store.queries import open_store
from detection.store.queries.casework.packets import PacketFilters, packets
from detection.store.queries.casework.tools.inspectors import Inspector, inspectors
from features.errors import UsageError


@pytest.fixture
def three(store: Store) -> list[str]:
    """Packets of three people."""
    drafts = [
        replace(a_draft(name), subject=Subject("person", name, (name,), None, None, "320602"))
        for name in ("anna", "bert", "carl")
    ]
    store.run("r1", *drafts)
    with open_store(store.workspace) as reader:
        return [packet.packet_id for packet in packets(reader, PacketFilters())]


def holders(store: Store) -> dict[str, str]:
    with open_store(store.workspace) as reader:
        return {packet.packet_id: packet.holder for packet in packets(reader, PacketFilters())}


def test_several_packets_go_to_an_inspector_also_those_of_another(store: Store, three: list[str]) -> None:
    root = store.workspace.root
    casework.take(root, three[0], actor=LI, at=NOON)
    seen = holders(store)
    done = assign_packets(root, three[:2], "wang", actor=ZHAO, at=NOON, reason="li is away", seen=seen)
    assert (done.done, done.refused) == (tuple(three[:2]), ())
    assert holders(store) == {three[0]: "wang", three[1]: "wang", three[2]: ""}
    with open_store(store.workspace) as reader:
        assert inspectors(reader) == [Inspector("wang", 2)]
    again = assign_packets(root, [three[0], three[2]], "wang", actor=ZHAO, at=NOON, seen=seen)
    assert again.done == (three[2],)
    assert [str(problem) for problem in again.refused] == [
        f"{three[0]}: The packet was taken or given back meanwhile."
    ]
    assert verify_log(store.workspace, actor="chen", at=NOON).fault is None


def test_more_packets_than_the_limit_are_refused(
    store: Store, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fewer = replace(limits.limits(), most_open_packets=2)
    monkeypatch.setattr(holdings, "limits", lambda: fewer)
    done = assign_packets(store.workspace.root, three, "wang", actor=ZHAO, at=NOON)
    assert done.done == tuple(three[:2])
    assert ["wang holds 2 packets" in str(problem) for problem in done.refused] == [True]
    assert holders(store)[three[2]] == ""


def test_only_supervisors_assign_and_only_to_inspectors_who_are_users(store: Store, three: list[str]) -> None:
    root = store.workspace.root
    refused = assign_packets(root, three, "wang", actor=LI, at=NOON)
    assert (refused.done, len(refused.refused)) == ((), 3)
    with pytest.raises(UsageError, match="No inspector is named"):
        assign_packets(root, three, " ", actor=ZHAO, at=NOON)
    add_user(root, "chen", Role.reviewer)
    add_user(root, "li", Role.inspector)
    assert assign_packets(root, three, "chen", actor=ZHAO, at=NOON).done == ()
    assert assign_packets(root, three[:1], "li", actor=ZHAO, at=NOON).done == tuple(three[:1])
    assert holders(store) == {three[0]: "li", three[1]: "", three[2]: ""}


def test_a_packet_in_a_case_is_not_assigned_and_leads_are_to_two(store: Store, three: list[str]) -> None:
    root = store.workspace.root
    leads = [
        casework.open_case(root, packet, actor=LI, at=NOON, reason="patterns agree", kind="lead").case_id
        for packet in three[:2]
    ]
    assert assign_packets(root, three[:1], "wang", actor=ZHAO, at=NOON).done == ()
    done = assign_cases(root, [*leads, "L-0"], PAIR, actor=ZHAO, at=NOON)
    assert done.done == tuple(leads)
    assert [str(problem) for problem in done.refused] == ["L-0: There is no case L-0."]
    alone = assign_cases(root, leads, frozenset({"wang"}), actor=ZHAO, at=NOON)
    assert alone.done == ()
    assert len(alone.refused) == 4  # the state, and one name, of each
