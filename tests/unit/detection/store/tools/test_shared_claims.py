"""What two alerts of a case both cite is claimed once, whether they are split or come together again."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from support.case_steps import LI, NOON, STEPS, ZHAO, go, page
from support.drafts import a_draft
from support.store_runs import Store

from detection.alerts.draft import Subject
from detection.followup import cases as casework
from detection.followup.audit.verifying import verify_log
from detection.followup.casework import combining
from detection.store.queries import open_store
from detection.store.queries.casework.packets import PacketFilters, packets

LATER = "2026-12-10T12:00:00"
ONE, TWO = {"pool": 1000, "account": 234}, {"pool": 2000, "account": 468}


def claimed(store: Store, case_id: str) -> dict[str, int]:
    money = page(store, case_id).money
    return {fund: money["recovered", fund, "claimed"] for fund in ("pool", "account")}


def a_case(store: Store, *cited: tuple[str, ...]) -> str:
    """An open case about anna with an alert for each group of settlements."""
    subject = Subject("person", "anna", ("anna",), None, None, "320602")
    drafts = (replace(a_draft(f"k{n}", settlements=each), subject=subject) for n, each in enumerate(cited))
    store.run("r1", *drafts)
    with open_store(store.workspace) as reader:
        [packet] = packets(reader, PacketFilters())
    opened = casework.open_case(store.workspace.root, packet.packet_id, actor=LI, at=NOON, reason="two agree")
    go(store, opened.case_id, STEPS[:2])
    return opened.case_id


def split_off(store: Store, case_id: str, settlements: int) -> str:
    """A new case with the alert that claims so many settlements."""
    [moved] = [row.alert_id for row in page(store, case_id).alerts if row.pool == settlements * 1000]
    done = combining.split(store.workspace.root, case_id, [moved], actor=ZHAO, at=LATER, reason="another")
    return done.case_id


def detach(store: Store, case_id: str, settlements: int) -> None:
    """Take out of a case the alert that claims so many settlements."""
    [alert] = [row.alert_id for row in page(store, case_id).alerts if row.pool == settlements * 1000]
    combining.detach(store.workspace.root, case_id, [alert], actor=ZHAO, at=LATER, reason="not of this case")


def test_a_settlement_that_stays_and_leaves_is_claimed_once(store: Store) -> None:
    case_id = a_case(store, ("s1",), ("s1", "s2"))
    assert claimed(store, case_id) == TWO
    new = split_off(store, case_id, settlements=2)
    assert claimed(store, case_id) == ONE, "the settlement of both stays"
    assert claimed(store, new) == ONE, "the new case claims the other alone"


def test_what_was_split_claims_the_same_once_it_is_merged_again(store: Store) -> None:
    case_id = a_case(store, ("s1",), ("s1", "s2"))
    new = split_off(store, case_id, settlements=2)
    combining.merge(store.workspace.root, new, case_id, actor=ZHAO, at=LATER, reason="the same after all")
    assert claimed(store, case_id) == TWO
    assert set(claimed(store, new).values()) == {0}


def test_an_alert_of_which_all_stays_brings_no_claim(store: Store) -> None:
    case_id = a_case(store, ("s1",), ("s1", "s2"))
    new = split_off(store, case_id, settlements=1)
    assert claimed(store, case_id) == TWO
    assert set(page(store, new).money.values()) <= {0}


def test_what_leaves_the_first_case_is_claimed_by_the_one_that_still_cites_it(store: Store) -> None:
    case_id = a_case(store, ("s1",), ("s1", "s2"), ("s3", "s4", "s5"))
    new = split_off(store, case_id, settlements=2)
    assert (claimed(store, case_id)["pool"], claimed(store, new)["pool"]) == (4000, 1000)
    detach(store, case_id, settlements=1)
    assert (claimed(store, case_id)["pool"], claimed(store, new)["pool"]) == (3000, 2000)
    assert [event.move for event in page(store, new).events][-1] == "note", "its history says from where"
    combining.attach(store.workspace.root, case_id, actor=ZHAO, at=LATER, reason="it belongs here")
    assert (claimed(store, case_id)["pool"], claimed(store, new)["pool"]) == (4000, 1000)
    assert verify_log(store.workspace, actor="sun", at=LATER).fault is None


def test_what_leaves_the_case_that_was_split_off_takes_nothing_from_the_others(store: Store) -> None:
    case_id = a_case(store, ("s1",), ("s1", "s2"), ("s3", "s4", "s5"))
    moved = [row.alert_id for row in page(store, case_id).alerts if row.pool != 1000]
    new = combining.split(store.workspace.root, case_id, moved, actor=ZHAO, at=LATER, reason="other").case_id
    assert (claimed(store, case_id)["pool"], claimed(store, new)["pool"]) == (1000, 4000)
    detach(store, new, settlements=2)
    assert (claimed(store, case_id)["pool"], claimed(store, new)["pool"]) == (1000, 3000)


def test_a_case_whose_findings_are_drafted_keeps_its_claim_and_takes_no_other(store: Store) -> None:
    case_id = a_case(store, ("s1",), ("s1", "s2"), ("s3", "s4", "s5"))
    new = split_off(store, case_id, settlements=2)
    with sqlite3.connect(store.workspace.store_file) as connection:
        connection.execute("UPDATE case_file SET state = 'findings_drafted' WHERE case_id = ?", (new,))
    detach(store, case_id, settlements=1)
    assert (claimed(store, case_id)["pool"], claimed(store, new)["pool"]) == (3000, 1000)
