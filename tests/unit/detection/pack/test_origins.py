"""A pack of a case has the leads that go on in it and its splits, no words of a sender, and is built again later."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping

import narwhals.stable.v2 as nw
import polars as pl
from support.both_stores import on_both_stores
from support.case_steps import LI, NOON, STEPS, ZHAO
from support.lead_files import imported
from support.packs import make_packet, members, pack_of
from support.store_runs import Store

from detection.cases.moves import Act, Actor
from detection.followup import cases as casework
from detection.followup.casework import combining
from detection.followup.packs import compare_pack, pack_faults
from detection.pack.tables import csv_rows
from detection.run.leads import follow_leads
from features.tables import Tables
from features.workspace import Place

DAY = dt.date(2026, 11, 30)
PAIR = frozenset({"li", "wang"})
SECRET = "她用奶奶的卡买药"
ROW = {
    "lead_id": "a-1",
    "received_on": dt.date(2026, 11, 2),
    "sender": "national_list",
    "subject_kind": "person",
    "subject_id": "anna",
    "text": SECRET,
    "due_on": dt.date(2026, 12, 20),
    "source_row": 1,
}


def follow(store: Store, row: Mapping[str, object]) -> None:
    tables = Tables(
        {"outside_leads": nw.from_native(pl.DataFrame([row]).lazy())}, {"outside_leads": frozenset(row)}
    )
    follow_leads(store.workspace, tables, run_id="0123456789abcdef", digest="snapshot", at=NOON)


def become_case(store: Store, lead: str) -> None:
    """Check a lead and open its case, or make it part of the one that runs."""
    for actor, act in (
        (ZHAO, Act("assign", DAY, inspectors=PAIR)),
        (LI, Act("propose_case", DAY, reason="two patterns agree")),
        (ZHAO, Act("open_case", DAY, reason="read the file", code="agreement")),
    ):
        casework.move(place(store), lead, act, actor=actor, at=NOON)


def place(store: Store) -> Place:
    return Place(store.workspace.root, store.workspace.database)


def case_in(content: bytes) -> dict[str, list[dict[str, str]]]:
    cases: list[dict[str, list[dict[str, str]]]] = json.loads(members(content)["cases.json"])
    [case] = cases
    return case


@on_both_stores
def test_the_lead_that_opened_a_case_is_in_its_pack_as_it_was_then(store: Store) -> None:
    make_packet(store)
    follow(store, ROW)
    become_case(store, "L-2026-0001")
    case_id = "C-2026-0001"
    pack = pack_of(store, case_id)
    assert case_in(pack.content)["outside_leads"] == [
        {
            "lead": "L-2026-0001",
            "sender": "national_list",
            "sender_number": "a-1",
            "kind": "national_list",
            "received_on": "2026-11-02",
            "deadline": "2026-12-20",
        }
    ]
    files = members(pack.content)
    assert "a-1" in files["index.html"].decode() and b"case:L-2026-0001" in files["log.jsonl"]
    assert not [path for path, content in files.items() if SECRET.encode() in content or b"anna" in content]
    assert pack_faults(pack.content) == []
    follow(store, ROW | {"due_on": dt.date(2026, 12, 5)})
    imported(store, {"subject_kind": "person", "subject_id": "anna"})
    become_case(store, "L-2026-0002")
    assert pack_of(store, case_id, up_to=pack.entry).content == pack.content
    assert list(compare_pack(place(store), pack.content).problems) == []
    later = case_in(pack_of(store, case_id).content)["outside_leads"]
    assert [(lead["sender_number"], lead["deadline"]) for lead in later] == [
        ("a-1", "2026-12-05"),
        ("n-1", ""),
    ]


@on_both_stores
def test_a_split_is_in_both_packs_and_in_none_of_before(store: Store) -> None:
    packet = make_packet(store)
    where = place(store)
    case_id = casework.open_case(where, packet, actor=LI, at=NOON, reason="two patterns agree").case_id
    go_on(where, case_id)
    before = pack_of(store, case_id)
    [alert] = {
        row["alert"] for row in csv_rows(members(before.content)["rows.csv"]) if row["table"] != "settlements"
    }
    new = combining.split(where, case_id, [alert], actor=ZHAO, at=NOON, reason="another matter").case_id
    first, second = (case_in(pack_of(store, each).content)["related"] for each in (case_id, new))
    assert [(each["case"], each["relation"]) for each in first] == [(new, "split_to")]
    assert [(each["case"], each["relation"]) for each in second] == [(case_id, "split_from")]
    assert case_in(before.content)["related"] == []
    pack = pack_of(store, new)
    combining.merge(where, new, case_id, actor=ZHAO, at=NOON, reason="the same after all")
    related = case_in(pack_of(store, case_id).content)["related"]
    assert [each["relation"] for each in related] == ["split_to", "merged_from"]
    assert pack_faults(pack.content) == []


def go_on(where: Place, case_id: str) -> None:
    """Open a case and assign its inspectors."""
    for name, role, act in STEPS[:2]:
        casework.move(where, case_id, act, actor=Actor(name, role), at=NOON)
