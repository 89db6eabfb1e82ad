"""A re-run updates what it finds, keeps what people did, and closes what no longer holds."""

from __future__ import annotations

import pytest
from support.both_stores import on_both_stores
from support.drafts import a_draft
from support.store_runs import NOT_ASSESSABLE, Store

from detection.alerts.draft import AlertDraft
from detection.store.queries import open_store, stored
from detection.store.schema import Evidence

ONE, TWO = a_draft("one"), a_draft("two")


@on_both_stores
def test_the_first_time_an_alert_is_new_then_the_same_then_changed(store: Store) -> None:
    assert store.run("r1", ONE)["new"] == 1
    assert (store.alert(ONE).change, store.alert(ONE).status) == ("new", "new")
    assert store.run("r2", ONE)["same"] == 1
    assert store.run("r3", a_draft("one", settlements=("s1", "s2")))["changed"] == 1
    drafts = store.alert(ONE)
    assert (drafts.run_id, drafts.first_run_id, drafts.amount_at_issue, drafts.evidence_rows) == (
        "r3",
        "r1",
        2468,
        2,
    )


def test_a_score_that_moves_with_its_neighbors_is_no_change_but_is_kept(store: Store) -> None:
    store.run("r1", ONE)
    store.run("r2", a_draft("one", score=81.5))
    assert (store.alert(ONE).change, store.alert(ONE).score) == ("same", 81.5)


@on_both_stores
def test_the_same_run_committed_twice_says_the_same_twice(store: Store) -> None:
    first = store.run("r1", ONE, TWO)
    assert (
        store.run("r1", ONE, TWO)
        == first
        == {
            "new": 2,
            "changed": 0,
            "same": 0,
            "closed": 0,
            "not_assessed": 0,
        }
    )
    with open_store(store.workspace) as reader:
        assert reader.current_run().number == 1
        assert len(stored.evidence(reader, ONE.alert_id)) == 1


MADE = {"dismiss": "dismiss_small"}
"""What becomes of an act on a small alert."""


@pytest.mark.parametrize(
    ("action", "status"),
    [("triage", "triaged"), ("snooze", "snoozed"), ("dismiss", "dismissed"), ("escalate", "escalated")],
)
def test_what_a_person_did_outlives_a_rerun(store: Store, action: str, status: str) -> None:
    store.run("r1", ONE)
    store.act(ONE, action)
    store.run("r2", a_draft("one", settlements=("s1", "s2")))
    assert store.alert(ONE).status == status
    assert [event.action for event in store.events(ONE)] == [MADE.get(action, action)]


def test_what_no_longer_holds_is_closed_with_the_reason_in_both_languages(store: Store) -> None:
    store.run("r1", ONE, TWO)
    assert store.run("r2", TWO)["closed"] == 1
    missing = store.alert(ONE)
    assert (missing.status, missing.change, missing.run_id) == ("closed", "closed", "r2")
    assert missing.closed_reason == "No longer found in run r2: its evidence is gone."
    assert missing.closed_reason_zh and "r2" in missing.closed_reason_zh
    assert [(event.actor, event.at, event.status_before) for event in store.events(ONE)] == [
        ("run", "2026-12-01T08:00:00", "new")
    ]


@on_both_stores
def test_a_closed_alert_that_is_raised_again_is_what_it_was_before(store: Store) -> None:
    store.run("r1", ONE)
    store.act(ONE, "triage")
    store.run("r2")
    store.run("r3", ONE)
    again = store.alert(ONE)
    assert (again.status, again.change, again.closed_reason) == ("triaged", "changed", None)
    assert [event.action for event in store.events(ONE)] == ["triage", "close", "reopened"]


def test_closing_is_recorded_once(store: Store) -> None:
    store.run("r1", ONE)
    for name in ("r2", "r3", "r4"):
        store.run(name)
    assert store.alert(ONE).run_id == "r2"
    assert [event.action for event in store.events(ONE)] == ["close"]


@on_both_stores
@pytest.mark.parametrize(("action", "status"), [("dismiss", "dismissed"), ("escalate", "escalated")])
def test_a_decision_stays_when_the_alert_is_not_raised_again(store: Store, action: str, status: str) -> None:
    store.run("r1", ONE)
    store.act(ONE, action)
    store.run("r2")
    store.run("r3")
    assert (store.alert(ONE).status, store.alert(ONE).change) == (status, "closed")
    assert [event.action for event in store.events(ONE)] == [MADE.get(action, action), "not_found"]


def test_a_detector_that_cannot_look_closes_nothing(store: Store) -> None:
    store.run("r1", ONE)
    assert store.run("r2", looked={"a_rule": NOT_ASSESSABLE})["not_assessed"] == 1
    assert store.run("r3", looked={"a_rule": NOT_ASSESSABLE})["not_assessed"] == 1
    kept = store.alert(ONE)
    assert (kept.status, kept.change, kept.closed_reason) == ("new", "same", None)
    assert [(event.note, event.note_zh) for event in store.events(ONE)] == [
        (
            "Run r2 could not assess it (needs enrolments); it stays as it is.",
            "运行 r2 无法判断（缺少数据表 enrolments），维持原状。",
        )
    ]


def test_data_of_another_period_close_nothing(store: Store) -> None:
    store.run("r1", ONE)
    store.run("r2", days=("2024-05-01", "2024-06-30"))  # the alert is about March
    assert store.alert(ONE).status == "new"
    store.run("r3", days=("2024-03-20", "2024-06-30"))
    assert store.alert(ONE).status == "closed"


def test_a_detector_that_was_withdrawn_leaves_no_open_alert(store: Store) -> None:
    store.run("r1", ONE)
    store.run("r2", looked={})
    assert (
        store.alert(ONE).closed_reason == "No longer looked for in run r2: its detector has been withdrawn."
    )


@on_both_stores
def test_ranks_run_over_the_open_alerts_by_score_then_money_then_id(store: Store) -> None:
    top = a_draft("top", score=95.0)
    rich = a_draft("rich", score=50.0, pool=9_000)
    poor, twin = a_draft("poor", score=50.0), a_draft("twin", score=50.0)
    dismissed = a_draft("dismissed", score=99.0)
    store.run("r1", poor, top, dismissed, twin, rich)
    store.act(dismissed, "dismiss")
    store.run("r2", poor, top, dismissed, twin, rich)
    equals = sorted((poor, twin), key=lambda draft: draft.alert_id)
    expected = [draft.alert_id for draft in (top, rich, *equals, dismissed)]
    assert [(alert.alert_id, alert.rank) for alert in store.alerts()] == [
        (alert_id, rank) for rank, alert_id in enumerate(expected, 1)
    ]


@on_both_stores
def test_corrected_evidence_stays_in_the_history_of_its_alert(store: Store) -> None:
    store.run("r1", ONE, TWO)
    [row] = stored_evidence(store, ONE)
    place = f"ab12cd34/{row.source_file} row {row.source_row:,}"
    corrected = {row.settlement_id: place}
    store.run("r2", a_draft("one", settlements=("s2",)), TWO, superseded=corrected)
    [event] = store.events(ONE)
    assert (event.action, event.status_before, event.status_after) == ("superseded", "new", "new")
    assert place in event.note and place in (event.note_zh or "")
    assert str(row.pool)[:2] in event.note
    store.run("r3", a_draft("one", settlements=("s2",)), TWO, superseded=corrected)
    assert len(store.events(ONE)) == 1, "its evidence is the correction now"


def test_corrections_of_other_rows_change_no_history(store: Store) -> None:
    store.run("r1", ONE)
    store.run("r2", ONE, superseded={"s9": "ab12cd34/settlements.csv row 9"})
    assert store.events(ONE) == []


def stored_evidence(store: Store, draft: AlertDraft) -> list[Evidence]:
    with open_store(store.workspace) as reader:
        return list(stored.evidence(reader, draft.alert_id))
