"""What may be done to an alert, what it becomes, and how it is taken back."""

from __future__ import annotations

import datetime as dt

import pytest
from support.alert_acts import EXPLAINED, LI, NOON, alert_act
from support.both_stores import on_both_stores
from support.drafts import a_draft
from support.store_runs import Store

from detection.cases.moves import Act, MoveRefusedError
from features.errors import UsageError

ONE, DAY = a_draft("one"), dt.date(2026, 11, 30)


@pytest.mark.parametrize(
    ("actions", "status"),
    [
        ("triage", "triaged"),
        ("snooze triage", "triaged"),
        ("triage snooze dismiss", "dismissed"),
        ("triage escalate", "escalated"),
        ("dismiss reopen", "new"),
        ("escalate reopen triage", "triaged"),
    ],
)
def test_steps_that_are_allowed(store: Store, actions: str, status: str) -> None:
    store.run("r1", ONE)
    for action in actions.split():
        after = store.act(ONE, action)
    assert after == status == store.alert(ONE).status
    made = ["dismiss_small" if action == "dismiss" else action for action in actions.split()]
    assert [event.action for event in store.events(ONE)] == made


@pytest.mark.parametrize(
    "actions", ["reopen", "dismiss triage", "dismiss dismiss", "escalate snooze", "delete", "undo"]
)
def test_steps_that_are_refused_leave_no_trace(store: Store, actions: str) -> None:
    store.run("r1", ONE)
    *before, last = actions.split()
    for action in before:
        store.act(ONE, action)
    status = store.alert(ONE).status
    with pytest.raises(UsageError):
        store.act(ONE, last)
    assert store.alert(ONE).status == status
    assert len(store.events(ONE)) == len(before)


def test_an_alert_is_dismissed_with_a_reason(store: Store) -> None:
    store.run("r1", ONE)
    with pytest.raises(UsageError, match="reason"):
        store.act(ONE, "dismiss", note="  ")
    with pytest.raises(MoveRefusedError) as refused:
        store.writer.act(ONE.alert_id, Act("dismiss", DAY, reason="explained"), actor=LI, at=NOON)
    assert "It needs a code" in refused.value.problems[0].template


@on_both_stores
def test_undo_takes_back_one_step_after_the_other_by_appending(store: Store) -> None:
    store.run("r1", ONE)
    statuses = [store.act(ONE, action) for action in ("triage", "dismiss", "undo", "undo")]
    assert statuses == ["triaged", "dismissed", "triaged", "new"]
    assert [event.action for event in store.events(ONE)] == ["triage", "dismiss_small", "undo", "undo"]
    with pytest.raises(UsageError, match="nothing to undo"):
        store.act(ONE, "undo")


def test_undo_does_not_reach_behind_a_run(store: Store) -> None:
    store.run("r1", ONE)
    store.act(ONE, "triage")
    store.run("r2")
    with pytest.raises(UsageError, match="nothing to undo"):
        store.act(ONE, "undo")


@on_both_stores
def test_an_event_keeps_who_when_and_why(store: Store) -> None:
    store.run("r1", ONE)
    store.act(ONE, "dismiss", note="a twin card, corrected")
    [event] = store.events(ONE)
    assert (event.actor, event.at, event.note) == ("li", NOON, "a twin card, corrected")
    assert event.code == EXPLAINED == store.alert(ONE).verdict
    assert (event.status_before, event.status_after) == ("new", "dismissed")


def test_there_must_be_such_an_alert(store: Store) -> None:
    with pytest.raises(UsageError, match="no alert A-0"):
        store.writer.act("A-0", alert_act("triage"), actor=LI, at=NOON)
