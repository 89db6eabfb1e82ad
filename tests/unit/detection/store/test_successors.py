"""An alert whose method changed hands its decision to the alert with the same evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.drafts import a_card, a_draft
from support.store_runs import NOT_ASSESSABLE, Store

from detection.alerts.draft import AlertDraft

OLD = a_draft("anna", detector="a_rule", settlements=("s1", "s2", "s3", "s4"), card_digest="digest-0")


@pytest.fixture
def old(store: Store) -> Store:
    """A store with an alert of the card's previous version."""
    store.run("r1", OLD, cards=[a_card(digest="digest-0")])
    return store


def new(*settlements: str, subject: str = "anna", kind: str = "payer_account") -> AlertDraft:
    return a_draft("anna, by shop", settlements=settlements, kind=kind, identity=subject)


@pytest.mark.parametrize(
    ("action", "status"), [("dismiss", "dismissed"), ("escalate", "escalated"), ("triage", "triaged")]
)
def test_a_decision_goes_over_to_the_successor(old: Store, action: str, status: str) -> None:
    old.act(OLD, action)
    successor = new("s1", "s2", "s9", kind="person")
    old.run("r2", successor)
    assert (old.alert(successor).status, old.alert(OLD).status) == (status, "closed")
    assert (
        old.alert(OLD).closed_reason
        == f"Method changed in run r2: its evidence is now in alert {successor.alert_id}."
    )
    [event] = old.events(successor)
    assert (event.actor, event.action, event.note) == (
        "run",
        "carried_over",
        f"Carried over from alert {OLD.alert_id} ({status}), whose method changed.",
    )


def test_an_alert_without_a_decision_has_a_successor_and_no_event(old: Store) -> None:
    successor = new("s1", "s2", "s3")
    old.run("r2", successor)
    assert (old.alert(successor).status, old.events(successor)) == ("new", [])
    assert "Method changed" in str(old.alert(OLD).closed_reason)


@pytest.mark.parametrize("other", [new("s1", "s9"), new("s1", "s2", "s3", subject="bob")])
def test_less_than_half_of_the_evidence_or_another_subject_is_no_successor(
    old: Store, other: AlertDraft
) -> None:
    old.act(OLD, "dismiss")
    old.run("r2", other)
    assert (old.alert(other).status, old.alert(OLD).status) == ("new", "dismissed")


def test_the_same_method_has_no_successor(store: Store) -> None:
    same = replace(OLD, provenance=replace(OLD.provenance, card_digest="digest-1"))
    store.run("r1", same)
    store.act(same, "dismiss")
    store.run("r2", new("s1", "s2", "s3", "s4"))
    assert store.alert(same).status == "dismissed"


def test_a_detector_that_did_not_look_has_no_successors(old: Store) -> None:
    other = new("s1", "s2", "s3", "s4")
    old.run("r2", other, looked={"a_rule": NOT_ASSESSABLE})
    assert (old.alert(other).status, old.alert(OLD).status) == ("new", "new")
