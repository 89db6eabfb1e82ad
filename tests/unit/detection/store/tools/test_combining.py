"""Cases that are merged, split and linked, and alerts that leave or join a case."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from support.case_steps import DAY, LI, NOON, PAIR, STEPS, ZHAO, act, go, page
from support.drafts import a_draft
from support.store_runs import Store

from detection.alerts.draft import Subject
from detection.cases.money import Entry
from detection.cases.moves import Actor, MoveRefusedError
from detection.followup import cases as casework
from detection.followup.audit.verifying import verify_log
from detection.followup.casework import combining
from detection.followup.casework.tasks import NewTask, add_task
from detection.store.queries import open_store
from detection.store.queries.casework.packets import PacketFilters, packets
from detection.store.queries.casework.tools.links import linked_cases, mergeable
from detection.store.queries.casework.tools.tasks import tasks_of_case
from features.errors import UsageError

LATER = "2026-12-10T12:00:00"
WHY = "the same pharmacy"


def links(store: Store, case_id: str) -> list[tuple[str, str]]:
    with open_store(store.workspace) as reader:
        return [(each.case_id, each.relation) for each in linked_cases(reader, case_id)]


def alerts(store: Store, case_id: str) -> list[str]:
    return sorted(row.alert_id for row in page(store, case_id).alerts)


def sound(store: Store) -> bool:
    return verify_log(store.workspace, actor="chen", at=NOON).fault is None


def split(store: Store, case_id: str) -> tuple[str, str]:
    """A new case with the second alert of a case; its number, and the alert."""
    moved = alerts(store, case_id)[1]
    new = combining.split(
        store.workspace.root, case_id, [moved], actor=ZHAO, at=LATER, reason="another matter"
    )
    return new.case_id, moved


def test_a_split_case_has_the_people_the_clock_and_the_past_of_the_first(store: Store, case_id: str) -> None:
    go(store, case_id, STEPS[:2])
    before = page(store, case_id)
    new, moved = split(store, case_id)
    assert alerts(store, new) == [moved]
    assert moved not in alerts(store, case_id)
    assert len(alerts(store, case_id)) == 1
    there, here = page(store, new), page(store, case_id)
    assert there.case.state == "investigating"
    assert there.case.track == before.case.track
    assert there.standing.inspectors == PAIR
    assert there.clocks == before.clocks, "a split gains no time"
    assert [done.move for done in there.standing.past] == [
        "propose_opening", "approve_opening", "assign", "split", "split_off",
    ]  # fmt: skip
    assert (here.events[-1].move, there.events[0].move) == ("split", "split_off")
    assert links(store, new) == [(case_id, "split_from")]
    assert links(store, case_id) == [(new, "split_to")]
    claims = [each.money["recovered", "pool", "claimed"] for each in (here, there, before)]
    assert claims[0] + claims[1] == claims[2]
    assert sound(store)


def test_one_who_drafted_before_a_split_does_not_review_after_it(store: Store, case_id: str) -> None:
    go(store, case_id, STEPS[:3])
    go(store, case_id, [("chen", "reviewer", act("return_findings"))])
    new, _ = split(store, case_id)
    go(store, new, [("wang", "inspector", act("draft_findings", code="data_error/code_wrong"))])
    with pytest.raises(MoveRefusedError, match="li did draft_findings"):
        go(store, new, [("li", "reviewer", act("review_findings"))])


def test_two_cases_about_one_subject_become_one_with_all_that_they_have(store: Store, case_id: str) -> None:
    root = store.workspace.root
    go(store, case_id, STEPS[:2])
    before = page(store, case_id)
    new, moved = split(store, case_id)
    add_task(root, new, NewTask("call them", "wang", DAY + dt.timedelta(days=30)), actor=ZHAO, at=LATER)
    recused = act("declare_recusal", inspectors=frozenset({"wang"}))
    casework.move(root, new, recused, actor=Actor("wang", "inspector"), at=LATER)
    back = Entry("self_returned", "pool", "received", 100)
    casework.record_money(root, new, back, act("record_money"), actor=ZHAO, at=LATER)
    with open_store(store.workspace) as reader:
        assert mergeable(reader, new) == [case_id]
    merged = combining.merge(root, new, case_id, actor=ZHAO, at=LATER, reason=WHY)
    assert merged.case_id == case_id
    ended, whole = page(store, new), page(store, case_id)
    assert ended.case.state == "merged"
    assert ended.alerts == ()
    assert set(ended.money.values()) == {0}
    assert moved in alerts(store, case_id)
    assert {key: amount for key, amount in whole.money.items() if amount} == {
        **before.money,
        ("self_returned", "pool", "received"): 100,
    }
    assert whole.standing.inspectors == {"li"}
    assert whole.standing.recused == {"wang"}
    with open_store(store.workspace) as reader:
        assert [task.text for task in tasks_of_case(reader, case_id)] == ["call them"]
        assert [packet.case_id for packet in packets(reader, PacketFilters())] == [case_id]
    assert (ended.events[-1].move, whole.events[-1].move) == ("merge", "take_over")
    assert f"{new} · {WHY}" == whole.events[-1].reason
    assert (new, "merged_from") in links(store, case_id)
    assert sound(store)


def test_what_cannot_be_one_case_is_refused_and_nothing_changes(store: Store, case_id: str) -> None:
    root = store.workspace.root
    go(store, case_id, STEPS[:2])
    new, _ = split(store, case_id)
    events = len(page(store, new).events)
    for ends, into, actor, problem in (
        (new, new, ZHAO, "into itself"),
        (new, case_id, LI, "The role inspector may not"),
    ):
        with pytest.raises(UsageError, match=problem):
            combining.merge(root, ends, into, actor=actor, at=LATER, reason=WHY)
    with pytest.raises(UsageError, match="changed meanwhile"):
        combining.merge(root, new, case_id, actor=ZHAO, at=LATER, reason=WHY, seen=0)
    with pytest.raises(MoveRefusedError, match="a form and a command of its own"):
        casework.move(root, new, act("merge"), actor=ZHAO, at=LATER)
    assert len(page(store, new).events) == events
    other = replace(a_draft("c"), subject=Subject("person", "bert", ("bert",), None, None, "320602"))
    store.run("r2", other, *(replace(a_draft(name), subject=_anna()) for name in "ab"))
    with open_store(store.workspace) as reader:
        [packet] = [each for each in packets(reader, PacketFilters()) if not each.case_id]
    opened = casework.open_case(root, packet.packet_id, actor=LI, at=LATER, reason="another person")
    go(store, opened.case_id, STEPS[:1])
    with pytest.raises(UsageError, match="not about the same subject"):
        combining.merge(root, opened.case_id, case_id, actor=ZHAO, at=LATER, reason=WHY)


def _anna() -> Subject:
    return Subject("person", "anna", ("anna",), None, None, "320602")


def test_the_older_case_goes_on(store: Store, case_id: str) -> None:
    go(store, case_id, STEPS[:2])
    new, _ = split(store, case_id)
    with pytest.raises(UsageError, match=f"merge {new} into {case_id}"):
        combining.merge(store.workspace.root, case_id, new, actor=ZHAO, at=LATER, reason=WHY)


def test_a_detached_alert_is_on_the_desk_again_and_without_its_claim(store: Store, case_id: str) -> None:
    root = store.workspace.root
    go(store, case_id, STEPS[:2])
    before, (first, second) = page(store, case_id).money, alerts(store, case_id)
    combining.detach(root, case_id, [second], actor=LI, at=LATER, reason="another matter")
    shown = page(store, case_id)
    assert [row.alert_id for row in shown.alerts] == [first]
    assert shown.money["recovered", "pool", "claimed"] < before["recovered", "pool", "claimed"]
    assert {alert.alert_id: alert.status for alert in store.alerts()} == {first: "escalated", second: "new"}
    with pytest.raises(UsageError, match="At least one alert stays"):
        combining.detach(root, case_id, [first], actor=LI, at=LATER, reason="another matter")
    with pytest.raises(UsageError, match="Not of case"):
        combining.detach(root, case_id, [second], actor=LI, at=LATER, reason="another matter")
    combining.attach(root, case_id, actor=LI, at=LATER, reason="the same after all")
    assert alerts(store, case_id) == [first, second]
    assert page(store, case_id).money == before
    with pytest.raises(UsageError, match="no further open alert"):
        combining.attach(root, case_id, actor=LI, at=LATER, reason="once more")
    assert sound(store)


def test_links_are_shown_by_both_and_taken_back(store: Store, case_id: str) -> None:
    root = store.workspace.root
    go(store, case_id, STEPS[:2])
    new, _ = split(store, case_id)
    combining.link(root, new, case_id, actor=ZHAO, at=LATER, reason="one prescriber")
    assert links(store, case_id) == [(new, "related"), (new, "split_to")]
    with pytest.raises(UsageError, match="linked already"):
        combining.link(root, case_id, new, actor=ZHAO, at=LATER, reason="one prescriber")
    assert page(store, case_id).events[-1].reason == f"{new} · one prescriber"
    combining.unlink(root, case_id, new, actor=LI, at=LATER, reason="it was another")
    assert links(store, case_id) == [(new, "split_to")]
    with pytest.raises(UsageError, match="not linked"):
        combining.unlink(root, case_id, new, actor=LI, at=LATER, reason="it was another")
    with pytest.raises(UsageError, match="to itself"):
        combining.link(root, new, new, actor=ZHAO, at=LATER, reason="one prescriber")
    assert sound(store)
