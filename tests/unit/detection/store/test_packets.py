"""Packets: all open alerts about one subject, each settlement's money once, held by one inspector."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.alert_acts import dismiss
from support.both_stores import on_both_stores
from support.drafts import a_card, a_draft
from support.older_stores import take_back
from support.store_runs import Store

from detection.alerts.draft import AlertDraft, Money, Subject
from detection.cases.life_cycle import Role
from detection.cases.limits import limits
from detection.cases.moves import Actor
from detection.followup import cases as casework
from detection.store.queries import open_store
from detection.store.queries.casework.packet import PacketPage, packet_page
from detection.store.queries.casework.packets import (
    Packet,
    PacketFilters,
    count_packets,
    counts_by_queue,
    packets,
)
from detection.store.writer import Writer
from features.errors import UsageError

NOON = "2026-11-30T12:00:00"
LI, WANG = Actor("li", "inspector"), Actor("wang", "inspector")
SECOND = replace(a_card(), detector="another_rule", digest="digest-2")


def about(case: str, subject: Subject, **changed: object) -> AlertDraft:
    return replace(a_draft(case, **changed), subject=subject)


@pytest.fixture
def town(store: Store) -> Store:
    """An account with two alerts that share a settlement, an institution, and an employer that is owed money."""
    owner = Subject("payer_account", "anna", ("anna",), "p1", "pharmacy", "320602")
    person = Subject("person", "anna", ("anna",), None, None, "320602")
    shop = Subject("prescriber", "dr1", (), "p1", "pharmacy", "320602")
    employer = Subject("employer", "works", (), None, None, "320602")
    other = a_draft("b", settlements=("s-1", "s-2"))
    store.run(
        "r1",
        about("a", owner, settlements=("s-1",)),
        replace(
            other,
            subject=person,
            detector="another_rule",
            provenance=replace(other.provenance, card_digest="digest-2", family="benefit"),
        ),
        replace(about("c", shop), provenance=replace(a_draft().provenance, queue="institutions")),
        replace(
            about("d", employer),
            provenance=replace(a_draft().provenance, queue="agency"),
            money=Money(-500, -20),
        ),
        cards=(a_card(), SECOND),
    )
    return store


def listed(store: Store, queue: str = "", *, holder: str = "", free: bool = False) -> list[Packet]:
    with open_store(store.workspace) as reader:
        return packets(reader, PacketFilters(queue, holder=holder, free=free))


def page(store: Store, packet_id: str) -> PacketPage:
    with open_store(store.workspace) as reader:
        return packet_page(reader, packet_id)


def test_a_packet_has_all_alerts_of_a_subject_and_a_settlement_once(town: Store) -> None:
    [family] = listed(town, "insured")
    assert (family.alerts, family.detectors, family.kind) == (2, 2, "family")
    # s-1 is cited twice and counts once: two settlements of 12.34 yuan
    assert family.money.at_issue == Money(2000, 468)
    assert family.packet_id.startswith("insured.P-")
    assert "anna" not in family.packet_id
    inside = page(town, family.packet_id)
    assert inside.packet == family
    assert {row.detector for row in inside.alerts} == {"a_rule", "another_rule"}


def test_an_alert_about_a_doctor_is_in_the_packet_of_the_institution(town: Store) -> None:
    [packet] = listed(town, "institutions")
    assert (packet.kind, packet.subject) == ("provider", "Lilac Pharmacy")


def test_money_of_an_agency_packet_is_signed(town: Store) -> None:
    [packet] = listed(town, "agency")
    assert packet.kind == "employer"
    assert packet.money.at_issue == Money(-500, -20)


def test_a_packet_keeps_its_id_after_another_run(town: Store) -> None:
    before = [packet.packet_id for packet in listed(town)]
    owner = Subject("payer_account", "anna", ("anna",), "p1", "pharmacy", "320602")
    town.run("r2", about("a", owner, settlements=("s-1",)), cards=(a_card(), SECOND))
    after = [packet.packet_id for packet in listed(town)]
    assert len(before) == 3
    assert set(after) <= set(before)
    assert listed(town, "insured")[0].packet_id in before


def test_alerts_of_the_lowest_grade_are_for_guidance(town: Store) -> None:
    mild = replace(a_draft("mild"), severity="info", subject=Subject("person", "ben", (), None, None, None))
    town.run("r2", mild)
    [packet] = listed(town, "guidance")
    assert packet.alerts == 1
    assert packet.packet_id.startswith("insured.")
    with open_store(town.workspace) as reader:
        counts = counts_by_queue(reader, PacketFilters())
        assert counts["guidance"] == 1
        assert sum(counts.values()) == count_packets(reader, PacketFilters())


def test_the_second_inspector_is_refused_and_learns_who_was_first(town: Store) -> None:
    [packet] = listed(town, "insured")
    root = town.workspace.root
    casework.take(root, packet.packet_id, actor=LI, at=NOON)
    with pytest.raises(UsageError, match=f"li has held this packet since {NOON}"):
        casework.take(root, packet.packet_id, actor=WANG, at=NOON)
    [taken] = listed(town, holder="li")
    assert (taken.holder, taken.since) == ("li", NOON)
    assert packet.packet_id not in [free.packet_id for free in listed(town, free=True)]


def test_a_packet_is_given_back_by_its_holder_or_a_supervisor(town: Store) -> None:
    [packet] = listed(town, "insured")
    root = town.workspace.root
    casework.take(root, packet.packet_id, actor=LI, at=NOON)
    with pytest.raises(UsageError, match="li has held"):
        casework.give_back(root, packet.packet_id, actor=WANG, at=NOON)
    casework.give_back(root, packet.packet_id, actor=Actor("zhao", "supervisor"), at=NOON, reason="on leave")
    casework.take(root, packet.packet_id, actor=WANG, at=NOON)
    assert listed(town, holder="wang")
    assert not listed(town, holder="li")


@pytest.mark.parametrize("role", ["reader", "reviewer", "supervisor", "auditor", "administrator"])
def test_only_inspectors_take_packets(town: Store, role: Role) -> None:
    [packet] = listed(town, "insured")
    with pytest.raises(UsageError, match="taken by inspectors"):
        casework.take(town.workspace.root, packet.packet_id, actor=Actor("li", role), at=NOON)


def test_an_inspector_holds_so_many_and_no_more(store: Store) -> None:
    most = limits().most_open_packets
    drafts = [
        about(f"k{number}", Subject("person", f"person-{number}", (), None, None, None))
        for number in range(most + 1)
    ]
    store.run("r1", *drafts)
    names = [packet.packet_id for packet in listed(store)]
    assert len(names) == most + 1
    for name in names[:most]:
        casework.take(store.workspace.root, name, actor=LI, at=NOON)
    with pytest.raises(UsageError, match=f"holds {most} packets"):
        casework.take(store.workspace.root, names[most], actor=LI, at=NOON)
    dismissed = page(store, names[0]).alerts[0].alert_id
    dismiss(Writer(store.workspace.store), dismissed)
    casework.take(store.workspace.root, names[most], actor=LI, at=NOON)


@pytest.mark.parametrize("name", ["insured.P-AAAAAAAAAAAAA", "insured", "", "guidance.I-", "data.agency"])
def test_an_id_that_names_no_packet_is_refused(town: Store, name: str) -> None:
    with pytest.raises(UsageError, match="no packet"):
        page(town, name)


def test_a_store_without_packets_of_an_earlier_version_has_them(town: Store) -> None:
    count = len(listed(town))
    take_back(town.workspace.store_file, "0006")
    assert count == len(listed(town)) > 0


@on_both_stores
@pytest.mark.parametrize(
    "filters", [PacketFilters("insured"), PacketFilters(), PacketFilters("insured", free=True)]
)
def test_pages_follow_each_other_in_the_order_of_the_list(store: Store, filters: PacketFilters) -> None:
    people = [Subject("person", f"person-{number % 7}", (), None, None, "320602") for number in range(20)]
    store.run("r1", *(about(f"k{number:02}", subject) for number, subject in enumerate(people)))
    with open_store(store.workspace) as reader:
        pages = [packets(reader, filters, page=number, size=2) for number in (1, 2, 3, 4)]
        assert [packet for page in pages for packet in page] == packets(reader, filters)
        ranks = [packet.rank for packet in packets(reader, filters)]
    assert len(ranks) == 7
    assert ranks == sorted(ranks)
