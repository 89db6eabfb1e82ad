"""Cases: opened from a packet in one step, moved by those who may, with their money and clocks."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace

import pytest
from support.both_stores import on_both_stores
from support.drafts import a_draft, a_record_draft
from support.store_runs import Store

from detection.alerts.draft import Subject
from detection.audit.chain import verify
from detection.cases.life_cycle import Role
from detection.cases.money import Entry
from detection.cases.moves import Act, Actor, MoveRefusedError
from detection.followup import cases as casework
from detection.followup.audit.verifying import verify_log
from detection.report.sections.casework import casework_points
from detection.report.words import Words
from detection.store.casework.writer import CaseWriter
from detection.store.queries import open_store
from detection.store.queries.audit.reading import entries
from detection.store.queries.casework.cases import Case, CaseFilters, CasePage, case_page, cases
from detection.store.queries.casework.outcomes import outcomes
from detection.store.queries.casework.packets import PacketFilters, packets
from detection.store.queries.filters import EVERY_ALERT
from detection.store.writer import Writer
from features.errors import UsageError

DAY = dt.date(2026, 11, 30)
NOON = "2026-11-30T12:00:00"
PAIR = frozenset({"li", "wang"})
LI, ZHAO = Actor("li", "inspector"), Actor("zhao", "supervisor")


def act(move: str, code: str = "", document: str = "", inspectors: frozenset[str] = frozenset()) -> Act:
    return Act(
        move,
        DAY,
        reason="as the file says",
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


@pytest.fixture
def packet_id(store: Store) -> str:
    """A packet of two alerts of 12.34 yuan each."""
    subject = Subject("person", "anna", ("anna",), None, None, "320602")
    store.run("r1", *(replace(a_draft(case), subject=subject) for case in "ab"))
    with open_store(store.workspace) as reader:
        [packet] = packets(reader, PacketFilters())
    return packet.packet_id


@pytest.fixture
def case_id(store: Store, packet_id: str) -> str:
    return casework.open_case(
        store.workspace.root, packet_id, actor=LI, at=NOON, reason="two patterns agree"
    ).case_id


def page(store: Store, case_id: str, today: dt.date = DAY) -> CasePage:
    with open_store(store.workspace) as reader:
        return case_page(reader, case_id, today)


def go(store: Store, case_id: str, steps: list[tuple[str, Role, Act]]) -> None:
    for name, role, step in steps:
        casework.move(store.workspace.root, case_id, step, actor=Actor(name, role), at=NOON)


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


def test_a_packet_whose_case_was_refused_is_free_and_its_alerts_are_new(
    store: Store, packet_id: str, case_id: str
) -> None:
    go(store, case_id, [("zhao", "supervisor", act("refuse_opening"))])
    assert [row.status for row in page(store, case_id).alerts] == ["new", "new"]
    with open_store(store.workspace) as reader:
        [packet] = packets(reader, PacketFilters(free=True))
    assert (packet.packet_id, packet.alerts) == (packet_id, 2)


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


@pytest.mark.parametrize("action", ["reopen", "undo"])
def test_no_alert_is_taken_out_of_a_running_case(store: Store, case_id: str, action: str) -> None:
    [alert, _] = page(store, case_id).alerts
    with pytest.raises(UsageError, match=f"in case {case_id}"):
        Writer(store.workspace.store).act(
            alert.alert_id, actor="zhao", role="supervisor", action=action, at=NOON
        )
    assert [row.status for row in page(store, case_id).alerts] == ["escalated", "escalated"]


def test_there_is_no_such_case(store: Store, packet_id: str) -> None:
    with pytest.raises(UsageError, match="no case"):
        page(store, "C-1")
    with pytest.raises(UsageError, match="no case"):
        casework.move(store.workspace.root, "C-1", act("close"), actor=ZHAO, at=NOON)


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
