"""A group that gains and loses members from run to run stays one alert."""

from __future__ import annotations

import pytest
from support.drafts import a_draft
from support.store_runs import Store

from detection.alerts.draft import AlertDraft
from detection.store.groups import jaccard
from detection.store.queries import open_store, stored


def group(name: str, members: str, **changed: str) -> AlertDraft:
    """A group alert whose case key is its name, as a hash of members would be."""
    return a_draft(name, kind="group", member_ids=tuple(members), **changed)


def test_a_group_with_mostly_the_same_members_keeps_its_alert_and_what_was_done_to_it(store: Store) -> None:
    first = group("g1", "abcd")
    store.run("r1", first)
    store.act(first, "triage")
    store.run("r2", group("g2", "abce"))
    [groups] = store.alerts()
    assert (groups.alert_id, groups.status, groups.member_ids) == (first.alert_id, "triaged", list("abce"))
    store.run("r3", group("g3", "abef"))  # half of it again: followed through several runs
    assert [alert.alert_id for alert in store.alerts()] == [first.alert_id]


def test_its_evidence_follows_it(store: Store) -> None:
    first, second = group("g1", "abcd"), group("g2", "abcd")
    store.run("r1", first)
    store.run("r2", second)
    assert store.alert(first).evidence_rows == 1
    with open_store(store.workspace) as reader:
        assert [item.settlement_id for item in stored.evidence(reader, first.alert_id)] == ["s-g2"]


@pytest.mark.parametrize("other", [group("g2", "abxyz"), group("g2", "abcd", detector="another_rule")])
def test_another_group_is_another_alert(store: Store, other: AlertDraft) -> None:
    first = group("g1", "abcd")
    store.run("r1", first)
    store.run("r2", other)
    assert store.alert(first).status == "closed"
    assert len(store.alerts()) == 2


def test_the_closest_of_two_groups_takes_the_alert(store: Store) -> None:
    first = group("g1", "abcd")
    store.run("r1", first)
    store.run("r2", group("g2", "abc"), group("g3", "abcde"))
    assert store.alert(first).member_ids == list("abcde")  # 4 of 5 in common, against 3 of 4
    assert len(store.alerts()) == 2


def test_a_group_that_comes_back_under_its_first_key_does_not_take_the_alert_of_the_one_that_moved_on(
    store: Store,
) -> None:
    first, moved = group("g1", "abcd"), group("g2", "abce")
    store.run("r1", first)
    store.run("r2", moved)
    store.run("r3", moved, first)
    assert store.alert(first).member_ids == list("abce")
    assert sorted(len(alert.alert_id) for alert in store.alerts()) == [22, 22]
    before = {alert.alert_id: alert.case_key for alert in store.alerts()}
    store.run("r4", first, moved)
    assert {alert.alert_id: alert.case_key for alert in store.alerts()} == before


def test_jaccard_is_the_share_in_common() -> None:
    assert jaccard("abc", "bcd") == 0.5
    assert jaccard("", "") == 0.0
