"""Money and verdicts of cases: who records them, when they count, and what the report says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.case_steps import LI, NOON, PAIR, STEPS, ZHAO, act, go, page
from support.drafts import a_record_draft
from support.store_runs import Store

from detection.alerts.draft import Subject
from detection.cases.money import Entry
from detection.cases.moves import Actor, MoveRefusedError
from detection.followup import cases as casework
from detection.followup.audit.verifying import verify_log
from detection.report.sections.casework import casework_points
from detection.report.words import Words
from detection.store.queries import open_store
from detection.store.queries.casework.outcomes import outcomes
from detection.store.queries.casework.packets import PacketFilters, packets
from detection.store.queries.filters import EVERY_ALERT


def test_a_case_goes_to_money_received_and_its_end(store: Store, case_id: str) -> None:
    root = store.workspace.root
    go(store, case_id, STEPS[:3])
    pay = act("record_money")
    confirmed = [
        Entry("recovered", "pool", "confirmed", 2000),
        Entry("recovered", "account", "confirmed", 400),
    ]
    for entry in confirmed:
        casework.record_money(root, case_id, entry, pay, actor=LI, at=NOON)
    go(store, case_id, STEPS[3:])
    assert page(store, case_id).case.verdict == "confirmed_violation/not_delivered"
    for entry in [Entry("recovered", "pool", "upheld", 1500), Entry("fine", "treasury", "upheld", 3000)]:
        casework.record_money(root, case_id, entry, pay, actor=LI, at=NOON)
    close = act("close")
    with pytest.raises(MoveRefusedError, match="was received differ"):
        casework.move(root, case_id, close, actor=ZHAO, at=NOON)
    for entry in [Entry("recovered", "pool", "received", 1500), Entry("fine", "treasury", "received", 3000)]:
        casework.record_money(root, case_id, entry, pay, actor=LI, at=NOON)
    casework.move(root, case_id, close, actor=ZHAO, at=NOON)
    with open_store(store.workspace) as reader:
        became = outcomes(reader, EVERY_ALERT)
    sentences = list(casework_points(became, Words("zh")))
    assert became.verdicts == {("a_rule", "confirmed_violation"): 2}
    assert sentences[0] == (
        "本期疑点已归入 1 件线索和案件。应收：追回（统筹基金）¥15.00、罚款（国库）¥30.00。"
        "已到账：追回（统筹基金）¥15.00、罚款（国库）¥30.00。"
    )
    assert "查实违规 2 条" in sentences[1]
    with open_store(store.workspace) as reader:
        assert packets(reader, PacketFilters()) == []  # nothing of it is on the desk again
    ended = page(store, case_id)
    assert ended.case.state == "closed"
    assert ended.case.disposition == "return_of_funds"
    assert ended.money["recovered", "pool", "received"] == 1500
    assert ended.money["recovered", "account", "claimed"] == 468
    assert [event.move for event in ended.events][:3] == ["propose_opening", "approve_opening", "assign"]
    assert verify_log(store.workspace, actor="chen", at=NOON).fault is None


def test_what_the_fund_owes_lessens_no_claim_and_a_record_counts_once(store: Store) -> None:
    subject = Subject("person", "anna", ("anna",), None, None, "320602")
    drafts = [a_record_draft(name, ("e1", 500), ("e2", -800)) for name in "ab"]
    store.run("r1", *(replace(draft, subject=subject) for draft in drafts))
    with open_store(store.workspace) as reader:
        [packet] = packets(reader, PacketFilters())
    opened = casework.open_case(
        store.workspace.root, packet.packet_id, actor=LI, at=NOON, reason="entries are wrong"
    )
    assert page(store, opened.case_id).money == {("recovered", "account", "claimed"): 500}


def test_entries_that_do_not_fit_are_refused_with_all_reasons(store: Store, case_id: str) -> None:
    with pytest.raises(MoveRefusedError) as refused:
        casework.record_money(
            store.workspace.root,
            case_id,
            Entry("fine", "treasury", "received", 100),
            act("record_money"),
            actor=ZHAO,
            at=NOON,
        )
    assert [problem.template for problem in refused.value.problems] == [
        "{stage} is entered in these states: {names}.",
        "{later} would exceed {earlier}.",
    ]


def verdicts(store: Store) -> dict[tuple[str, str], int]:
    with open_store(store.workspace) as reader:
        return dict(outcomes(reader, EVERY_ALERT).verdicts)


def test_a_verdict_counts_once_it_is_final_and_an_appeal_takes_it_back(store: Store, case_id: str) -> None:
    go(store, case_id, STEPS[:-1])
    assert verdicts(store) == {}
    go(store, case_id, STEPS[-1:])
    assert verdicts(store) == {("a_rule", "confirmed_violation"): 2}
    go(
        store,
        case_id,
        [
            ("zhao", "supervisor", act("reverse_on_appeal", document="court 12")),
            ("li", "inspector", act("draft_findings", code="inconclusive/records_missing")),
        ],
    )
    assert verdicts(store) == {}


def test_the_verdict_of_a_lead_counts_when_it_has_ended(store: Store, packet_id: str) -> None:
    lead = casework.open_case(
        store.workspace.root, packet_id, actor=ZHAO, at=NOON, reason="a complaint", kind="lead"
    )
    ending = act("propose_ending", code="legitimate_explained/nursing_home")
    go(
        store,
        lead.case_id,
        [("zhao", "supervisor", act("assign", inspectors=PAIR)), ("li", "inspector", ending)],
    )
    assert verdicts(store) == {}
    go(store, lead.case_id, [("chen", "reviewer", act("confirm_ending"))])
    assert verdicts(store) == {("a_rule", "legitimate_explained"): 2}


def test_money_is_recorded_by_the_inspectors_and_written_off_by_a_supervisor(
    store: Store, case_id: str
) -> None:
    root, pay = store.workspace.root, act("record_money")
    go(store, case_id, STEPS[:3])
    entry = Entry("recovered", "pool", "confirmed", 100)
    with pytest.raises(MoveRefusedError, match="he is not assigned"):
        casework.record_money(root, case_id, entry, pay, actor=Actor("he", "inspector"), at=NOON)
    casework.record_money(root, case_id, entry, pay, actor=LI, at=NOON)
    go(store, case_id, STEPS[3:])
    with pytest.raises(MoveRefusedError, match="none is entered as upheld"):
        casework.move(root, case_id, act("close"), actor=ZHAO, at=NOON)
    casework.record_money(root, case_id, Entry("recovered", "pool", "upheld", 100), pay, actor=LI, at=NOON)
    less = Entry("recovered", "pool", "upheld", -100)
    with pytest.raises(MoveRefusedError, match="taken back by a supervisor"):
        casework.record_money(root, case_id, less, pay, actor=LI, at=NOON)
    casework.record_money(root, case_id, less, pay, actor=ZHAO, at=NOON)
    with pytest.raises(MoveRefusedError, match="Another person"):
        casework.move(root, case_id, act("close"), actor=ZHAO, at=NOON)
