"""Cases: opened from a packet in one step, moved by those who may, with their clocks."""

from __future__ import annotations

import datetime as dt

import pytest
from support.alert_acts import alert_act
from support.case_steps import DAY, LI, NOON, PAIR, STEPS, ZHAO, act, go, page
from support.store_runs import Store

from detection.cases.life_cycle import Role
from detection.cases.moves import Actor, MoveRefusedError
from detection.followup import cases as casework
from detection.followup.audit.verifying import verify_log
from detection.store.queries import open_store
from detection.store.queries.casework.cases import Case, CaseFilters, cases
from detection.store.queries.casework.outcomes import outcomes
from detection.store.queries.casework.packets import PacketFilters, packets
from detection.store.queries.filters import EVERY_ALERT
from detection.store.writer import Writer
from features.errors import UsageError


def test_a_packet_becomes_a_case_in_one_step(store: Store, packet_id: str) -> None:
    casework.take(store.workspace.root, packet_id, actor=LI, at=NOON)
    opened = casework.open_case(store.workspace.root, packet_id, actor=LI, at=NOON, reason="patterns agree")
    assert (opened.case_id, opened.state) == ("C-2026-0001", "opening_proposed")
    shown = page(store, opened.case_id)
    assert [row.status for row in shown.alerts] == ["escalated", "escalated"]
    assert shown.case.packet_id == packet_id
    assert shown.money == {
        ("recovered", "pool", "claimed"): 2000,
        ("recovered", "account", "claimed"): 468,
    }
    with open_store(store.workspace) as reader:
        [packet] = packets(reader, PacketFilters())
    assert (packet.case_id, packet.holder) == ("C-2026-0001", "")


def test_a_packet_in_a_case_is_not_taken_or_opened_again(store: Store, packet_id: str, case_id: str) -> None:
    root = store.workspace.root
    with pytest.raises(UsageError, match=case_id):
        casework.take(root, packet_id, actor=Actor("wang", "inspector"), at=NOON)
    with pytest.raises(UsageError, match=case_id):
        casework.open_case(root, packet_id, actor=ZHAO, at=NOON, reason="once more")


def test_another_inspector_does_not_open_what_one_holds(store: Store, packet_id: str) -> None:
    casework.take(store.workspace.root, packet_id, actor=LI, at=NOON)
    with pytest.raises(UsageError, match="li has held"):
        casework.open_case(
            store.workspace.root, packet_id, actor=Actor("wang", "inspector"), at=NOON, reason="mine"
        )


@pytest.mark.parametrize("role", ["reader", "reviewer", "auditor", "administrator"])
def test_others_do_not_open_cases(store: Store, packet_id: str, role: Role) -> None:
    with pytest.raises(MoveRefusedError) as refused:
        casework.open_case(store.workspace.root, packet_id, actor=Actor("li", role), at=NOON, reason="")
    assert len(refused.value.problems) == 2  # the role, and the missing reason
    with open_store(store.workspace) as reader:
        assert cases(reader, CaseFilters(), DAY) == []


def test_who_proposed_does_not_approve_and_nothing_changes(store: Store, packet_id: str) -> None:
    root = store.workspace.root
    opened = casework.open_case(root, packet_id, actor=ZHAO, at=NOON, reason="two patterns agree")
    with pytest.raises(MoveRefusedError, match="Another person"):
        casework.move(root, opened.case_id, act("approve_opening", code="penalty"), actor=ZHAO, at=NOON)
    shown = page(store, opened.case_id)
    assert shown.case.state == "opening_proposed"
    assert len(shown.events) == 1


def test_a_recused_inspector_is_not_assigned_and_does_nothing(store: Store, case_id: str) -> None:
    root = store.workspace.root
    go(store, case_id, STEPS[:1])
    casework.move(
        root,
        case_id,
        act("declare_recusal", inspectors=frozenset({"wang"})),
        actor=Actor("wang", "inspector"),
        at=NOON,
    )
    with pytest.raises(MoveRefusedError, match="Recused, and not to be assigned: wang"):
        casework.move(root, case_id, STEPS[1][2], actor=ZHAO, at=NOON)
    assert page(store, case_id).standing.recused == {"wang"}


def test_a_note_does_not_replace_the_inspectors(store: Store, case_id: str) -> None:
    go(store, case_id, STEPS[:2])
    with pytest.raises(MoveRefusedError, match="names no people"):
        casework.move(
            store.workspace.root,
            case_id,
            act("note", inspectors=frozenset({"he", "gao"})),
            actor=Actor("he", "inspector"),
            at=NOON,
        )
    assert page(store, case_id).standing.inspectors == PAIR


def test_one_does_not_recuse_another(store: Store, case_id: str) -> None:
    with pytest.raises(MoveRefusedError, match="A recusal is declared"):
        casework.move(
            store.workspace.root,
            case_id,
            act("declare_recusal", inspectors=frozenset({"wang"})),
            actor=LI,
            at=NOON,
        )


def test_the_list_begins_with_what_is_due_first(store: Store, case_id: str) -> None:
    go(store, case_id, STEPS[:3])
    with open_store(store.workspace) as reader:
        [case] = cases(reader, CaseFilters(inspector="li", open=True), DAY)
        assert cases(reader, CaseFilters(inspector="zhao"), DAY) == []
    assert isinstance(case, Case)
    assert case.due is not None
    assert (case.due.clock, case.due.day, case.due.left) == ("review", dt.date(2026, 12, 14), 10)
    assert [clock.clock for clock in page(store, case_id).clocks] == ["review", "case_limit"]


def test_a_lead_has_fifteen_working_days(store: Store, packet_id: str) -> None:
    lead = casework.open_case(
        store.workspace.root, packet_id, actor=ZHAO, at=NOON, reason="a complaint as well", kind="lead"
    )
    assert lead.case_id == "L-2026-0001"
    [clock] = page(store, lead.case_id).clocks
    assert (clock.clock, clock.day, clock.left) == ("lead_check", dt.date(2026, 12, 21), 15)


def test_a_lead_that_is_approved_opens_a_case_with_all_that_it_had(store: Store, packet_id: str) -> None:
    root = store.workspace.root
    lead = casework.open_case(root, packet_id, actor=ZHAO, at=NOON, reason="a complaint", kind="lead")
    assert page(store, lead.case_id).money == {}
    recused = act("declare_recusal", inspectors=frozenset({"he"}))
    go(
        store,
        lead.case_id,
        [
            ("he", "inspector", recused),
            ("zhao", "supervisor", act("assign", inspectors=PAIR)),
            ("li", "inspector", act("propose_case")),
            ("zhao", "supervisor", act("open_case", code="penalty")),
        ],
    )
    assert page(store, lead.case_id).case.state == "became_case"
    opened = page(store, "C-2026-0001")
    assert (opened.case.state, opened.case.track, len(opened.alerts)) == ("open", "penalty", 2)
    assert opened.standing.recused == {"he"}
    assert opened.money["recovered", "pool", "claimed"] == 2000
    assert [clock.clock for clock in opened.clocks] == ["case_limit"]
    with open_store(store.workspace) as reader:
        [packet] = packets(reader, PacketFilters())
        assert outcomes(reader, EVERY_ALERT).cases == 1
    assert packet.case_id == "C-2026-0001"
    assert verify_log(store.workspace, actor="sun", at=NOON).fault is None


def test_a_packet_whose_case_was_refused_is_free_and_its_alerts_are_new(
    store: Store, packet_id: str, case_id: str
) -> None:
    go(store, case_id, [("zhao", "supervisor", act("refuse_opening"))])
    assert [row.status for row in page(store, case_id).alerts] == ["new", "new"]
    with open_store(store.workspace) as reader:
        [packet] = packets(reader, PacketFilters(free=True))
    assert (packet.packet_id, packet.alerts) == (packet_id, 2)


@pytest.mark.parametrize("action", ["reopen", "undo"])
def test_no_alert_is_taken_out_of_a_running_case(store: Store, case_id: str, action: str) -> None:
    [alert, _] = page(store, case_id).alerts
    with pytest.raises(UsageError, match=f"in case {case_id}"):
        Writer(store.workspace.store).act(alert.alert_id, alert_act(action), actor=ZHAO, at=NOON)
    assert [row.status for row in page(store, case_id).alerts] == ["escalated", "escalated"]


def test_there_is_no_such_case(store: Store, packet_id: str) -> None:
    with pytest.raises(UsageError, match="no case"):
        page(store, "C-1")
    with pytest.raises(UsageError, match="no case"):
        casework.move(store.workspace.root, "C-1", act("close"), actor=ZHAO, at=NOON)
