"""A dismissal until a day: proposed and confirmed by two people, kept by later runs, over on its day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select
from support.drafts import a_card, a_draft
from support.store_runs import NOT_ASSESSABLE, Store

from detection.alerts.draft import AlertDraft, Subject
from detection.cases.limits import limits
from detection.cases.moves import Act, Actor, MoveRefusedError
from detection.followup import suppressions
from detection.followup.cases import open_case
from detection.store.casework import suppressing
from detection.store.casework.tables import CaseAlert
from detection.store.queries import open_store
from detection.store.queries.audit.reading import entries
from detection.store.queries.casework.packets import PacketFilters, packets
from detection.store.queries.casework.suppressions import SuppressionRow
from detection.store.queries.casework.suppressions import suppressions as stored_suppressions
from features.errors import UsageError

DAY, NOON = dt.date(2026, 11, 30), "2026-11-30T12:00:00"
LI, CHEN = Actor("li", "inspector"), Actor("chen", "reviewer")
HOME = Subject("person", "anna", ("anna",), None, None, "320602")
FIRST, SECOND = replace(a_draft("a"), subject=HOME), replace(a_draft("b"), subject=HOME)
PROPOSE = Act(
    "propose_suppression",
    DAY,
    reason="lives in a nursing home",
    code="legitimate_explained/nursing_home",
    until=dt.date(2026, 12, 31),
)
CONFIRM = Act("confirm_suppression", DAY, reason="the register agrees")


@pytest.fixture
def proposed(store: Store) -> int:
    run(store, "r1", "2026-11-01", FIRST)
    return propose(store, FIRST).number


def propose(store: Store, draft: AlertDraft, act: Act = PROPOSE) -> suppressions.Suppressed:
    return suppressions.propose(store.workspace.root, draft.alert_id, act, actor=LI, at=NOON)


def run(store: Store, name: str, day: str, *drafts: AlertDraft) -> None:
    store.run(name, *drafts, finished_at=f"{day}T08:00:00")


def confirm(store: Store, number: int) -> int:
    return suppressions.decide(store.workspace.root, number, CONFIRM, actor=CHEN, at=NOON).alerts


def seen_on(store: Store, day: dt.date) -> list[SuppressionRow]:
    with open_store(store.workspace) as reader:
        return stored_suppressions(reader, day)


def test_nothing_is_dismissed_by_one_person(store: Store, proposed: int) -> None:
    assert store.alert(FIRST).status == "new"
    with pytest.raises(MoveRefusedError, match="Another person"):
        suppressions.decide(store.workspace.root, proposed, CONFIRM, actor=Actor("li", "reviewer"), at=NOON)
    assert store.alert(FIRST).status == "new"


def test_after_two_people_later_runs_keep_silent_until_the_day(store: Store, proposed: int) -> None:
    assert confirm(store, proposed) == 1
    assert store.alert(FIRST).status == "dismissed"
    assert not suppressing.sampled(SECOND.alert_id)
    run(store, "r2", "2026-12-10", FIRST, SECOND)
    assert [store.alert(draft).status for draft in (FIRST, SECOND)] == ["dismissed", "dismissed"]
    run(store, "r3", "2027-01-02", FIRST, SECOND)
    assert [store.alert(draft).status for draft in (FIRST, SECOND)] == ["new", "new"]
    assert [event.action for event in store.events(SECOND)] == ["suppressed", "suppression_ended"]


def test_a_sample_is_shown_all_the_same(store: Store, proposed: int) -> None:
    confirm(store, proposed)
    drafts = [replace(a_draft(f"k{number}"), subject=HOME) for number in range(60)]
    run(store, "r2", "2026-12-10", FIRST, *drafts)
    shown = [draft for draft in drafts if store.alert(draft).status == "new"]
    assert 0 < len(shown) < len(drafts) * limits().leak_share * 4
    assert [event.action for event in store.events(shown[0])] == ["leak_check"]
    run(store, "r2", "2026-12-11", FIRST, *drafts)  # the same run again
    assert [draft for draft in drafts if store.alert(draft).status == "new"] == shown
    assert [event.action for event in store.events(shown[0])] == ["leak_check"]


def test_others_and_other_detectors_are_not_touched(store: Store, proposed: int) -> None:
    confirm(store, proposed)
    other = replace(a_draft("c"), subject=replace(HOME, identity="ben"))
    run(store, "r2", "2026-12-10", FIRST, other)
    assert store.alert(other).status == "new"


def test_another_group_of_the_same_institution_is_not_touched(store: Store) -> None:
    near = {"kind": "group", "queue": "institutions"}
    first, drifted, other = (
        a_draft(name, member_ids=tuple(members), **near)
        for name, members in (("g1", "abcd"), ("g2", "abce"), ("g3", "wxyz"))
    )
    run(store, "r1", "2026-11-01", first)
    confirm(store, propose(store, first).number)
    run(store, "r2", "2026-12-10", drifted, other)
    assert {store.alert(draft).packet_subject for draft in (first, other)} == {"p1"}
    assert [store.alert(draft).status for draft in (first, other)] == ["dismissed", "new"]
    assert len(store.alerts()) == 2


def test_what_is_lifted_is_open_again(store: Store, proposed: int) -> None:
    confirm(store, proposed)
    lift = Act("lift_suppression", DAY, reason="the home has closed")
    with pytest.raises(MoveRefusedError, match="role"):
        suppressions.decide(store.workspace.root, proposed, lift, actor=CHEN, at=NOON)
    done = suppressions.decide(
        store.workspace.root, proposed, lift, actor=Actor("zhao", "supervisor"), at=NOON
    )
    assert (done.state, done.alerts) == ("lifted", 1)
    assert [(row.state, row.second) for row in seen_on(store, DAY)] == [("lifted", "chen")]
    assert store.alert(FIRST).status == "new"


def test_what_is_over_opens_what_earlier_runs_dismissed_and_is_entered(store: Store, proposed: int) -> None:
    confirm(store, proposed)
    run(store, "r2", "2026-12-10", FIRST, SECOND)
    store.run("r3", FIRST, looked={"a_rule": NOT_ASSESSABLE}, finished_at="2027-01-02T08:00:00")
    assert [store.alert(draft).status for draft in (FIRST, SECOND)] == ["new", "new"]
    with open_store(store.workspace) as reader:
        [entry] = [each for each in entries(reader) if each.action == "expire_suppression"]
    assert (entry.actor, entry.object) == ("run", f"suppression:{proposed}")


def test_an_alert_that_is_not_raised_again_is_closed_after_a_suppression(store: Store, proposed: int) -> None:
    confirm(store, proposed)
    run(store, "r2", "2027-01-02", SECOND)
    assert store.alert(FIRST).status == "closed"


def test_a_second_suppression_keeps_what_the_first_one_opens(store: Store, proposed: int) -> None:
    confirm(store, proposed)
    later = propose(store, FIRST, replace(PROPOSE, until=dt.date(2027, 3, 31)))
    confirm(store, later.number)
    run(store, "r2", "2027-01-02", FIRST)
    assert store.alert(FIRST).status == "dismissed"
    run(store, "r3", "2027-04-01", FIRST)
    assert store.alert(FIRST).status == "new"


def test_what_changed_its_method_is_open_again_after_the_day(store: Store, proposed: int) -> None:
    confirm(store, proposed)
    changed = replace(a_draft("z", settlements=("s-a",)), subject=HOME)
    store.run("r2", changed, cards=(a_card(digest="digest-2"),), finished_at="2026-12-10T08:00:00")
    assert store.alert(changed).status == "dismissed"
    run(store, "r3", "2027-01-02", changed)
    assert store.alert(changed).status == "new"


def test_a_case_holds_the_alert_in_the_place_of_one_whose_method_changed(store: Store, proposed: int) -> None:
    with open_store(store.workspace) as reader:
        [packet] = packets(reader, PacketFilters())
    case = open_case(store.workspace.root, packet.packet_id, actor=LI, at=NOON, reason="two patterns agree")
    changed = replace(a_draft("z", settlements=("s-a",)), subject=HOME)
    store.run("r2", changed, cards=(a_card(digest="digest-2"),), finished_at="2026-12-10T08:00:00")
    assert store.alert(changed).status == "escalated"
    with open_store(store.workspace) as reader:
        holding = select(CaseAlert.case_id).where(CaseAlert.alert_id == changed.alert_id)
        assert reader.session.scalars(holding).all() == [case.case_id]


def test_what_lasts_too_long_or_is_over_is_refused(store: Store, proposed: int) -> None:
    with pytest.raises(MoveRefusedError) as long:
        propose(store, FIRST, replace(PROPOSE, until=DAY + dt.timedelta(limits().longest_suppression + 1)))
    assert [str(problem) for problem in long.value.problems] == ["It lasts 366 days at most."]
    late = replace(CONFIRM, on=dt.date(2026, 12, 31))
    with pytest.raises(MoveRefusedError) as over:
        suppressions.decide(store.workspace.root, proposed, late, actor=CHEN, at=NOON)
    assert [str(problem) for problem in over.value.problems] == ["Its last day is over: propose it anew."]
    assert store.alert(FIRST).status == "new"


def test_what_is_over_has_expired_before_a_run_says_so(store: Store, proposed: int) -> None:
    confirm(store, proposed)
    last = PROPOSE.until or DAY
    assert [row.state for row in seen_on(store, last)] == ["in_force"]
    assert [row.state for row in seen_on(store, last + dt.timedelta(1))] == ["expired"]


def test_a_proposal_names_a_reason_a_code_and_an_end(store: Store, proposed: int) -> None:
    bare = Act("propose_suppression", DAY)
    with pytest.raises(MoveRefusedError) as refused:
        suppressions.propose(store.workspace.root, FIRST.alert_id, bare, actor=Actor("li", "reader"), at=NOON)
    assert len(refused.value.problems) == 4
    with pytest.raises(UsageError, match="no open alert"):
        propose(store, SECOND)
    with pytest.raises(UsageError, match="no suppression 99"):
        suppressions.decide(store.workspace.root, 99, CONFIRM, actor=CHEN, at=NOON)
