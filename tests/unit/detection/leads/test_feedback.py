"""From an outside lead to its end or to a case with money, and what goes back to its sender."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support.case_steps import LI, NOON, PAIR, STEPS, ZHAO, act, go, page
from support.lead_files import SENDER, imported, make_packets
from support.sheets import Cell, read_sheets
from support.store_runs import Store

from detection.accounts import rights
from detection.accounts.rights import NotAllowedError
from detection.cases.life_cycle import Role
from detection.cases.money import Entry
from detection.cases.moves import Act, Actor
from detection.followup import cases as casework
from detection.followup.audit.verifying import verify_log
from detection.followup.casework.combining import merge
from detection.followup.outside.feedback import feedback
from detection.followup.packs import build_pack
from detection.leads.feedback import goes_back
from detection.leads.row import LEAD_KINDS
from detection.store.queries import open_store
from detection.store.queries.casework.packets import PacketFilters, packets
from features.errors import UsageError

ANNA = {"subject_kind": "person", "subject_id": "anna", "kind": "province_list"}
SUPERVISOR = rights.Actor("zhao", rights.Role.supervisor)
TO_CASE: list[tuple[str, Role, Act]] = [
    ("zhao", "supervisor", act("assign", inspectors=PAIR)),
    ("li", "inspector", act("propose_case")),
    ("zhao", "supervisor", act("open_case", code="agreement")),
]


def sheet(store: Store, folder: Path, language: str = "en") -> list[list[Cell]]:
    content = feedback(store.workspace.root, SENDER, language=language, actor=ZHAO, at=NOON)
    path = folder / "feedback.xlsx"
    path.write_bytes(content)
    [first, *_] = read_sheets(path).values()
    return first


def test_a_lead_goes_to_money_received_and_the_sender_learns_it(store: Store, tmp_path: Path) -> None:
    make_packets(store)
    imported(store, ANNA, {"kind": "complaint"})
    go(store, "L-2026-0001", TO_CASE)
    opened = page(store, "C-2026-0001")
    assert (opened.case.state, len(opened.alerts), opened.money["recovered", "pool", "claimed"]) == (
        "open",
        2,
        2000,
    )
    assert [row[4] for row in sheet(store, tmp_path)[1:]] == ["in a case", "received"]
    go(store, "C-2026-0001", STEPS[1:2])
    confirmed = Entry("recovered", "pool", "confirmed", 1500)
    root = store.workspace.root
    casework.record_money(root, "C-2026-0001", confirmed, act("record_money"), actor=LI, at=NOON)
    go(store, "C-2026-0001", STEPS[2:4])
    assert sheet(store, tmp_path)[1][6:] == [], "no verdict goes back before it is final"
    go(store, "C-2026-0001", STEPS[4:])
    for stage in ("upheld", "received"):
        entry = replace(confirmed, stage=stage)
        casework.record_money(root, "C-2026-0001", entry, act("record_money"), actor=LI, at=NOON)
    header, first, second = sheet(store, tmp_path)
    assert header[:3] == ["sender's number", "our number", "received on"]
    assert first[4] == "decided" and "not delivered" in str(first[6]).lower()
    assert first[8:] == [15.0, 15.0]
    assert second[4:] == ["received", "2026-11-30"]
    assert "已作出处理" in sheet(store, tmp_path, "zh")[1]
    assert verify_log(store.workspace, actor="sun", at=NOON).fault is None


def test_an_ended_lead_goes_back_with_its_verdict_and_leaves_the_packet_alone(
    store: Store, tmp_path: Path
) -> None:
    make_packets(store)
    imported(store, ANNA)
    go(
        store,
        "L-2026-0001",
        [
            ("zhao", "supervisor", act("assign", inspectors=PAIR)),
            ("li", "inspector", act("propose_ending", code="legitimate_explained/nursing_home")),
            ("zhao", "supervisor", act("confirm_ending")),
        ],
    )
    [_, row] = sheet(store, tmp_path)
    assert row[4] == "ended without a case" and "nursing home" in str(row[6]).lower()
    with open_store(store.workspace) as reader:
        [packet] = packets(reader, PacketFilters(free=True))
    assert packet.alerts == 2


def test_a_second_lead_about_a_packet_joins_the_case_that_runs(store: Store, tmp_path: Path) -> None:
    make_packets(store)
    imported(store, ANNA, ANNA)
    go(store, "L-2026-0001", TO_CASE)
    go(store, "L-2026-0002", TO_CASE)
    assert page(store, "L-2026-0002").case.state == "became_case"
    assert [event.reason for event in page(store, "C-2026-0001").events][-1] == "L-2026-0002"
    with pytest.raises(UsageError):
        page(store, "C-2026-0002")
    assert [row[4] for row in sheet(store, tmp_path)[1:]] == ["in a case", "in a case"]
    assert verify_log(store.workspace, actor="sun", at=NOON).fault is None


def test_a_packet_that_another_inspector_holds_goes_into_the_case_that_a_supervisor_opens(
    store: Store,
) -> None:
    make_packets(store)
    imported(store, ANNA)
    with open_store(store.workspace) as reader:
        [packet] = packets(reader, PacketFilters())
    casework.take(store.workspace.root, packet.packet_id, actor=Actor("he", "inspector"), at=NOON)
    go(store, "L-2026-0001", TO_CASE)
    with open_store(store.workspace) as reader:
        [packet] = packets(reader, PacketFilters())
    assert (packet.holder, packet.case_id) == ("", "C-2026-0001")


def test_a_lead_about_a_subject_without_alerts_opens_a_case_without_any(store: Store) -> None:
    make_packets(store)
    imported(store, {"institution": "Lilac Pharmacy"})
    go(store, "L-2026-0001", TO_CASE)
    opened = page(store, "C-2026-0001")
    assert (opened.case.subject, opened.alerts, opened.case.queue) == ("Lilac Pharmacy", (), "institutions")


def test_a_lead_without_a_subject_opens_no_case(store: Store) -> None:
    make_packets(store)
    imported(store, {})
    with pytest.raises(UsageError, match="about nobody"):
        go(store, "L-2026-0001", TO_CASE)
    assert page(store, "L-2026-0001").case.state == "case_proposed"
    with pytest.raises(UsageError, match="no open alert"):
        build_pack(store.workspace.root, "L-2026-0001", actor=SUPERVISOR, at=NOON)


def test_the_feedback_of_a_complaint_has_no_money() -> None:
    assert set(goes_back()) == set(LEAD_KINDS)
    assert goes_back()["complaint"] == ("verdict",)


def test_feedback_is_refused_to_readers_and_for_unknown_senders(store: Store) -> None:
    make_packets(store)
    imported(store, ANNA)
    root = store.workspace.root
    with pytest.raises(NotAllowedError):
        feedback(root, SENDER, language="zh", actor=Actor("sun", "reader"), at=NOON)
    with pytest.raises(UsageError, match="sent no lead"):
        feedback(root, "nobody", language="zh", actor=ZHAO, at=NOON)


def test_a_lead_that_was_merged_goes_back_as_what_it_goes_on_in(store: Store, tmp_path: Path) -> None:
    make_packets(store)
    imported(store, ANNA, ANNA, {}, {})
    root = store.workspace.root
    merge(root, "L-2026-0002", "L-2026-0001", actor=ZHAO, at=NOON, reason="the same matter")
    with pytest.raises(UsageError, match="not about the same subject"):
        merge(root, "L-2026-0004", "L-2026-0003", actor=ZHAO, at=NOON, reason="the same matter")
    go(store, "L-2026-0001", TO_CASE[:1])
    assert [row[4] for row in sheet(store, tmp_path)[1:3]] == ["being checked", "being checked"]
    go(store, "L-2026-0001", TO_CASE[1:])
    assert [row[4] for row in sheet(store, tmp_path)[1:3]] == ["in a case", "in a case"]
