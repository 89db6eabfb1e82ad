"""Packets and cases of some districts: readers and actors of these reach them, and no others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from support.case_steps import DAY, NOON, ZHAO, act
from support.drafts import a_draft
from support.store_runs import INSTITUTIONS, Store

from detection.alerts.draft import AlertDraft, Subject
from detection.cases.money import Entry
from detection.cases.moves import Actor
from detection.followup import cases as casework
from detection.store.queries import open_store
from detection.store.queries.casework.cases import CaseFilters, case_page, cases
from detection.store.queries.casework.packet import packet_page
from detection.store.queries.casework.packets import PacketFilters, counts_by_queue, packets
from detection.store.queries.network import groups, network
from detection.store.queries.reader import Reader
from detection.store.queries.risk import counts, risk_list
from features.errors import UsageError

OWN = ("320602",)
LI, CHEN = Actor("li", "inspector"), Actor("chen", "inspector", districts=OWN)
FINE = Entry("fine", "pool", "received", 100)


def draft(case: str, person: str, district: str | None) -> AlertDraft:
    return replace(a_draft(case), subject=Subject("person", person, (person,), None, None, district))


@pytest.fixture
def full(store: Store) -> Store:
    """Anna has alerts of the own district, ben of another, carl of both, dora of none."""
    given = [
        ("a", "anna", "320602"),
        ("b", "ben", "320601"),
        ("c", "carl", "320602"),
        ("d", "carl", "320601"),
    ]
    store.run("r1", *(draft(*each) for each in given), draft("e", "dora", None))
    return store


def ids(store: Store) -> dict[str, str]:
    """The packet of each person, as who sees the whole fund reads it."""
    with open_store(store.workspace) as reader:
        named = {reader.identity("person", name): name for name in ("anna", "ben", "carl", "dora")}
        return {named[packet.pseudonym]: packet.packet_id for packet in packets(reader, PacketFilters())}


def seen(reader: Reader) -> set[str]:
    return {packet.packet_id for packet in packets(reader, PacketFilters())}


def test_a_reader_of_districts_sees_packets_that_are_theirs_alone(full: Store) -> None:
    known = ids(full)
    assert len(known) == 4
    with open_store(full.workspace, OWN) as reader:
        assert seen(reader) == {known["anna"]}
        assert counts_by_queue(reader, PacketFilters())["insured"] == 1
        assert packet_page(reader, known["anna"]).packet is not None
        for other in ("ben", "carl", "dora"):
            with pytest.raises(UsageError, match="There is no packet"):
                packet_page(reader, known[other])


def test_a_reader_of_districts_sees_cases_that_are_theirs_alone(full: Store) -> None:
    opened = {
        name: casework.open_case(
            full.workspace.root, packet_id, actor=LI, at=NOON, reason="two agree"
        ).case_id
        for name, packet_id in ids(full).items()
    }
    with open_store(full.workspace, OWN) as reader:
        assert [case.case_id for case in cases(reader, CaseFilters(), DAY)] == [opened["anna"]]
        page = case_page(reader, opened["anna"], DAY)
        assert page.events and page.alerts and page.money
        for other in ("ben", "carl", "dora"):
            with pytest.raises(UsageError, match="There is no case"):
                case_page(reader, opened[other], DAY)


def test_an_actor_of_districts_works_on_their_own_packets_and_cases(full: Store) -> None:
    root, mine = full.workspace.root, ids(full)["anna"]
    casework.take(root, mine, actor=CHEN, at=NOON)
    casework.give_back(root, mine, actor=CHEN, at=NOON)
    opened = casework.open_case(root, mine, actor=CHEN, at=NOON, reason="two agree")
    approve = act("approve_opening", code="agreement")
    moved = casework.move(root, opened.case_id, approve, actor=replace(ZHAO, districts=OWN), at=NOON)
    assert moved.state == "open"


ACTS: dict[str, Callable[[Path, str, str], object]] = {
    "take": lambda root, packet, _: casework.take(root, packet, actor=CHEN, at=NOON),
    "give back": lambda root, packet, _: casework.give_back(root, packet, actor=CHEN, at=NOON),
    "open": lambda root, packet, _: casework.open_case(root, packet, actor=CHEN, at=NOON, reason="two agree"),
    "move": lambda root, _, case: casework.move(root, case, act("note"), actor=CHEN, at=NOON),
    "money": lambda root, _, case: casework.record_money(
        root, case, FINE, act("record_money"), actor=CHEN, at=NOON
    ),
}


@pytest.mark.parametrize("what", ACTS)
@pytest.mark.parametrize("person", ["ben", "carl"])
def test_an_actor_of_districts_does_nothing_to_others(full: Store, what: str, person: str) -> None:
    root, packet_id = full.workspace.root, ids(full)[person]
    case_id = casework.open_case(root, packet_id, actor=LI, at=NOON, reason="two agree").case_id
    with pytest.raises(UsageError, match=r"There is no (packet|case)"):
        ACTS[what](root, packet_id, case_id)


def test_a_case_of_another_district_stops_no_packet_of_theirs(full: Store) -> None:
    casework.open_case(full.workspace.root, ids(full)["ben"], actor=LI, at=NOON, reason="two agree")
    with open_store(full.workspace, OWN) as reader:
        [packet] = packets(reader, PacketFilters(free=True))
    assert packet.packet_id == ids(full)["anna"]


def test_a_risk_list_has_subjects_of_the_own_district_alone(store: Store) -> None:
    institutions = pl.concat(
        [INSTITUTIONS, INSTITUTIONS.with_columns(provider_id=pl.lit("p2"), district=pl.lit("320601"))]
    )
    drafts = [draft("a", "anna", "320602"), draft("b", "ben", "320601"), draft("c", "carl", "320602")]
    store.run("r1", *drafts, draft("d", "carl", "320601"), institutions=institutions)
    folder = store.workspace.run("r1") / "risk"
    folder.mkdir(parents=True)
    for kind, names in (("person", ("anna", "ben", "carl", "eve")), ("provider", ("p1", "p2"))):
        pl.DataFrame(
            [
                {"entity_id": name, "rank": rank, "risk": 1.0, "evidence": "[]", "reasons": "[]"}
                for rank, name in enumerate(names, 1)
            ]
        ).write_parquet(folder / f"{kind}.parquet")
    with open_store(store.workspace, OWN) as reader, open_store(store.workspace) as whole:
        assert [row.subject for row in risk_list(reader, "person").rows] == [
            reader.identity("person", "anna")
        ]
        assert [row.subject for row in risk_list(reader, "provider").rows] == [
            reader.identity("provider", "p1")
        ]
        assert (counts(reader)["person"], counts(whole)["person"]) == (1, 4)


def test_a_group_of_another_district_has_no_network(store: Store) -> None:
    drafts = [
        replace(
            a_draft(name, kind="group", member_ids=("x", name)),
            subject=Subject("group", name, ("x", name), None, None, district),
        )
        for name, district in (("near", "320602"), ("far", "320601"))
    ]
    store.run("r1", *drafts)
    with open_store(store.workspace, OWN) as reader:
        assert [group.row.alert_id for group in groups(reader)] == [drafts[0].alert_id]
        assert network(reader, drafts[1].alert_id) is None
