"""Dismissals by two people: from an amount on and in a random share; models and runs decide nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from support.alert_acts import CHEN, EXPLAINED, LI, NOON, alert_act
from support.both_stores import on_both_stores
from support.drafts import a_card, a_draft
from support.store_runs import Store

from detection.alerts.draft import AlertDraft
from detection.cases.limits import limits
from detection.cases.moves import Act, Actor, MoveRefusedError
from detection.cases.second_review import second_review
from detection.store.lifecycle import ALERTS, OPEN
from detection.store.queries import Filters, open_store
from detection.store.queries.alerts import count
from detection.store.queries.casework.proposals import proposals
from detection.store.queries.sheets import alert_sheet
from features.errors import UsageError

LARGE = a_draft("large", pool=limits().second_review_from)
LI_REVIEWS = Actor("li", "reviewer")


@pytest.fixture
def proposed(store: Store) -> Store:
    store.run("r1", LARGE)
    assert store.act(LARGE, "dismiss", "lives in a nursing home") == "proposed"
    return store


def refused(store: Store, draft: AlertDraft, move: str, by: Actor) -> str:
    with pytest.raises(MoveRefusedError) as error:
        store.act(draft, move, by=by)
    return str(error.value)


@on_both_stores
def test_a_large_alert_waits_until_another_person_confirms(store: Store) -> None:
    store.run("r1", LARGE)
    assert store.act(LARGE, "dismiss", "lives in a nursing home") == "proposed"
    assert "proposed" in OPEN
    for own in (LI_REVIEWS, Actor("li", "supervisor")):
        assert "Another person must do it" in refused(store, LARGE, "confirm_dismissal", own)
    assert "The role" in refused(store, LARGE, "confirm_dismissal", Actor("wang", "inspector"))
    with open_store(store.workspace) as reader:
        [waiting] = proposals(reader)
    assert (waiting.row.proposed_by, waiting.row.verdict) == ("li", EXPLAINED)
    assert (waiting.reason, waiting.at) == ("lives in a nursing home", NOON)
    assert store.act(LARGE, "confirm_dismissal", by=CHEN) == "dismissed"
    assert [event.actor for event in store.events(LARGE)] == ["li", "chen"]
    with open_store(store.workspace) as reader:
        assert not proposals(reader)


def test_a_declined_dismissal_is_open_again_and_can_be_proposed_by_the_second_person(
    proposed: Store,
) -> None:
    assert proposed.act(LARGE, "send_back", "the register does not say so", by=CHEN) == "triaged"
    assert proposed.act(LARGE, "dismiss", "it does now", by=CHEN) == "proposed"
    assert "Another person" in refused(proposed, LARGE, "confirm_dismissal", CHEN)
    assert proposed.act(LARGE, "confirm_dismissal", by=Actor("zhao", "supervisor")) == "dismissed"


def test_each_takes_only_their_own_act_back(proposed: Store) -> None:
    proposed.act(LARGE, "confirm_dismissal", by=CHEN)
    with pytest.raises(UsageError, match="chen did this"):
        proposed.act(LARGE, "undo")
    assert proposed.act(LARGE, "undo", by=CHEN) == "proposed"
    assert proposed.alert(LARGE).proposed_by == "li"
    assert proposed.act(LARGE, "undo") == "new"


def test_taking_back_a_later_dismissal_restores_the_verdict_of_the_earlier_one(proposed: Store) -> None:
    zhao = Actor("zhao", "supervisor")
    proposed.act(LARGE, "confirm_dismissal", by=CHEN)
    proposed.act(LARGE, "reopen", by=zhao)
    other = Act("dismiss", dt.date(2026, 11, 30), reason="sent twice", code="data_error/transmitted_twice")
    proposed.writer.act(LARGE.alert_id, other, actor=zhao, at=NOON)
    for status in ("new", "dismissed"):
        assert proposed.act(LARGE, "undo", by=zhao) == status
    alert = proposed.alert(LARGE)
    assert (alert.verdict, alert.proposed_by) == (EXPLAINED, "li")


def test_small_alerts_are_dismissed_by_one_person_except_for_a_random_share(store: Store) -> None:
    drafts = [a_draft(f"s{number}", pool=1, account=0) for number in range(100)]
    store.run("r1", *drafts)
    after = {draft.alert_id: store.act(draft, "dismiss") for draft in drafts}
    assert set(after.values()) == {"dismissed", "proposed"}
    waiting = [name for name, status in after.items() if status == "proposed"]
    assert waiting == [name for name in after if second_review(name, 1, 0)]
    assert 0 < len(waiting) < 100 * limits().second_review_share * 3
    assert second_review("A-1", -limits().second_review_from, 0), "what the fund owes is much money too"


def test_the_move_for_small_alerts_is_refused_for_a_large_alert(store: Store) -> None:
    store.run("r1", LARGE)
    assert "second person" in refused(store, LARGE, "dismiss_small", LI)
    assert "nobody by itself" in refused(store, LARGE, "suppress", CHEN)
    assert store.alert(LARGE).status == "new"


@pytest.mark.parametrize("kind", ["model", "run"])
@pytest.mark.parametrize("move", ["dismiss", "dismiss_small", "propose_dismissal", "confirm_dismissal"])
def test_a_model_or_a_run_alone_neither_dismisses_nor_confirms(store: Store, kind: str, move: str) -> None:
    store.run("r1", LARGE)
    if move == "confirm_dismissal":
        store.act(LARGE, "dismiss")
    before = store.alert(LARGE).status
    machine = Actor("scores", "supervisor", "model" if kind == "model" else "run")
    assert "alone may not do it" in refused(store, LARGE, move, machine)
    assert store.alert(LARGE).status == before
    assert {name for name, each in ALERTS.move.items() if "model" in each.actors} == set()


@pytest.mark.parametrize("kept", ["proposed", "dismissed"])
def test_a_later_run_keeps_what_was_proposed_and_dismissed(proposed: Store, kept: str) -> None:
    if kept == "dismissed":
        proposed.act(LARGE, "confirm_dismissal", by=CHEN)
    proposed.run("r2", LARGE)
    proposed.run("r3")  # not found any more
    alert = proposed.alert(LARGE)
    assert (alert.status, alert.proposed_by, alert.verdict) == (kept, "li", EXPLAINED)


def test_a_proposal_goes_over_with_who_made_it_where_the_method_changed(store: Store) -> None:
    much = LARGE.money.pool
    old = a_draft("anna", settlements=("s1", "s2"), card_digest="d0", pool=much)
    store.run("r1", old, cards=[a_card(digest="d0")])
    store.act(old, "dismiss")
    new = a_draft("anna, by shop", settlements=("s1", "s2"), identity="anna", pool=much)
    store.run("r2", new)
    assert store.alert(new).status == "proposed"
    assert "Another person" in refused(store, new, "confirm_dismissal", LI_REVIEWS)
    assert store.act(new, "confirm_dismissal", by=CHEN) == "dismissed"


def test_the_contract_has_no_word_for_working_states(proposed: Store) -> None:
    with open_store(proposed.workspace) as reader:
        assert alert_sheet(reader, language="en")["status"].to_list() == ["triaged"]
        assert count(reader, Filters(status="proposed")) == count(reader, Filters()) == 1


def test_a_snooze_ends_on_its_day_and_what_is_long_past_expires_without_a_label(store: Store) -> None:
    first, two = a_draft("one"), a_draft("two")
    store.run("r1", first, two)
    assert store.act(first, "snooze") == "snoozed"
    store.run("r2", first, two, finished_at="2026-12-14T08:00:00")
    assert store.alert(first).status == "snoozed", "its last day"
    store.run("r3", first, two, finished_at="2026-12-15T08:00:00")
    assert store.alert(first).status == "new"
    assert [event.action for event in store.events(first)] == ["snooze", "wake"]
    store.run("r4", first, two, as_of="2029-12-31")
    assert {store.alert(draft).status for draft in (first, two)} == {"expired"}
    assert store.alert(first).verdict == ""


def test_a_snooze_needs_an_end_that_is_not_too_far(store: Store) -> None:
    store.run("r1", LARGE)
    for until in (None, dt.date(2026, 11, 30), dt.date(2027, 11, 30)):
        act = replace(alert_act("snooze"), until=until)
        with pytest.raises(MoveRefusedError):
            store.writer.act(LARGE.alert_id, act, actor=LI, at=NOON)
