"""What a pack holds: masked, without a clock or a path of the machine, each sum with its rule and rows."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import altair as alt
import pytest
from support.both_stores import on_both_stores
from support.case_steps import LI, NOON
from support.dashboard_fixtures import sample
from support.packs import LATER, SUN, fourth, make_packet, members, pack_of
from support.signing_in import add_user
from support.store_runs import Store

from detection.accounts.rights import Actor, NotAllowedError, Role
from detection.followup import cases as casework
from detection.followup.packs import build_pack, pack_faults
from detection.followup.requests import WaitsForSecondError
from detection.pack.sums import ranges, sums_of
from detection.pack.tables import csv_rows
from detection.store.queries import open_store
from detection.store.queries.audit.reading import head
from detection.store.queries.casework.packet import packet_page
from detection.store.queries.casework.packets import PacketFilters, packets
from detection.store.queries.disclosure.log import last_exports, last_reveals
from detection.store.queries.reader import open_reader
from features.errors import UsageError
from features.workspace import open_workspace

__all__ = ["sample"]
IDS = (b"anna", b"s-1", b"s-2", b'"e1"')


@on_both_stores
def test_a_packet_is_packed_with_everything_masked(store: Store, packet_id: str) -> None:
    files = members(pack_of(store, packet_id).content)
    single = {"alerts.json", "rows.csv", "law.csv", "policy.json", "log.jsonl", "sums.csv", "index.html"}
    assert single <= set(files)
    assert "cards/digest-1.json" in files
    assert len([path for path in files if path.startswith("charts/")]) == 6
    for path, content in files.items():
        assert not [identity for identity in IDS if identity in content], path
        assert str(store.workspace.root).encode() not in content


def test_every_sum_is_that_of_its_rows_and_names_a_card(store: Store, packet_id: str) -> None:
    files = members(pack_of(store, packet_id).content)
    rows, sums = csv_rows(files["rows.csv"]), sums_of(files)
    assert [int(row["row"]) for row in rows] == [1, 2, 3, 4, 5]
    for each in sums:
        assert each.fen == sum(int(rows[number - 1][f"{each.fund}_fen"]) for number in each.rows)
        assert all(f"cards/{rule.partition('@')[2]}.json" in files for rule in each.rules)
    [pool] = [each for each in sums if each.about == f"packet:{packet_id}" and each.fund == "pool"]
    assert pool.fen == 2000, "s-1, which two alerts cite, counts once"
    assert b"20.00" in files["index.html"]


def test_a_record_of_two_alerts_counts_once_in_the_pack_as_in_the_ledger(store: Store) -> None:
    case_of_four = make_packet(store, fourth())
    with open_store(store.workspace) as reader:
        [packet] = packets(reader, PacketFilters())
    files = members(pack_of(store, case_of_four).content)
    rows = csv_rows(files["rows.csv"])
    entries = [row["id"] for row in rows if row["table"] == "account_entries"]
    assert (len(entries), len({*entries})) == (4, 3), "one of three entries is cited by two alerts"
    [account] = [
        each for each in sums_of(files) if each.about.startswith("packet:") and each.fund == "account"
    ]
    assert account.fen == packet.money.at_issue.account == 234 * 2 + 500 - 200 + 40
    assert account.fen == sum(int(rows[number - 1]["account_fen"]) for number in account.rows)
    opened = casework.open_case(store.workspace.root, case_of_four, actor=LI, at=NOON, reason="two agree")
    [claimed] = [
        each
        for each in sums_of(members(pack_of(store, opened.case_id).content))
        if each.method == "ledger" and each.fund == "account"
    ]
    assert claimed.fen == account.fen + 200, "what the fund owes lessens no claim"


def test_money_together_is_that_of_the_page(sample: Path) -> None:
    with open_reader(sample) as reader:
        assert reader is not None
        shown = [packet for packet in packets(reader, PacketFilters(), size=40) if packet.alerts > 1]
    assert shown
    for packet in shown[:6]:
        content = build_pack(sample, packet.packet_id, actor=SUN, at=LATER).content
        together = [each for each in sums_of(members(content)) if each.about.startswith("packet:")]
        assert together
        for each in together:
            assert each.fen == getattr(getattr(packet.money, each.kind), each.fund), (packet, each)
        assert pack_faults(content) == []


def test_a_pack_has_the_alerts_that_the_page_shows(sample: Path) -> None:
    with open_reader(sample) as reader:
        assert reader is not None
        packet = max(packets(reader, PacketFilters("institutions")), key=lambda each: each.alerts)
        page = packet_page(reader, packet.packet_id)
    files = members(build_pack(sample, packet.packet_id, actor=SUN, at=LATER).content)
    assert {each["alert"] for each in json.loads(files["alerts.json"])} == {
        row.alert_id for row in page.alerts
    }


def test_rows_state_what_the_data_set_says_was_paid(store: Store, packet_id: str) -> None:
    rows = csv_rows(members(pack_of(store, packet_id).content)["rows.csv"])
    paid = [(row["paid_pool_fen"], row["paid_account_fen"]) for row in rows if row["table"] == "settlements"]
    assert paid == [("1000", "234")] * 3
    assert [row["paid_pool_fen"] for row in rows if row["table"] != "settlements"] == ["", ""]


def test_the_same_state_gives_the_same_bytes_whatever_the_clock_says(store: Store, packet_id: str) -> None:
    first = pack_of(store, packet_id)
    again = build_pack(store.workspace.root, packet_id, actor=SUN, at="2027-05-05T05:05:05")
    assert first.content == again.content, "the record of the first pack is no entry about the packet"


def test_the_log_is_that_of_the_case_and_ends_with_the_stated_entry(store: Store, case_id: str) -> None:
    pack = pack_of(store, case_id)
    files = members(pack.content)
    lines = [json.loads(line) for line in files["log.jsonl"].decode().splitlines()]
    assert {line["object"].partition(":")[0] for line in lines} == {
        "workspace",
        "run",
        "packet",
        "alert",
        "case",
    }
    stated = json.loads(files["pack.json"])
    assert (lines[-1]["number"], lines[-1]["hash"]) == (pack.entry, stated["entry"]["hash"])
    assert stated["entry"]["at"] == "2026-11-30T12:00:00"


def test_a_case_has_its_history_and_its_ledger(store: Store, case_id: str) -> None:
    files = members(pack_of(store, case_id).content)
    [case] = json.loads(files["cases.json"])
    assert (case["case"], case["state"], len(case["events"])) == (case_id, "disposed", 9)
    ledger = [each for each in sums_of(files) if each.method == "ledger"]
    assert [(each.kind, each.fund, each.fen) for each in ledger] == [
        ("recovered/claimed", "pool", 2000),
        ("recovered/claimed", "account", 968),
    ]
    assert all(rule.startswith("event:") for each in ledger for rule in each.rules)
    assert f"案件 {case_id}" in files["index.html"].decode()


def test_charts_are_specifications_that_a_viewer_draws(store: Store, packet_id: str) -> None:
    files = members(pack_of(store, packet_id).content)
    rows = csv_rows(files["rows.csv"])
    charted = 0
    for path, content in files.items():
        if path.startswith("charts/") and path.endswith(".zh.json"):
            alt.Chart.from_json(content.decode())
            values = json.loads(content)["data"]["values"]
            charted += sum(value["fen"] for value in values)
    assert charted == sum(int(row["pool_fen"]) + int(row["account_fen"]) for row in rows) > 0


def test_a_pack_is_recorded_with_its_hash(store: Store, packet_id: str) -> None:
    pack = pack_of(store, packet_id)
    with open_store(store.workspace) as reader:
        [export] = last_exports(reader, 5)
        newest = head(reader)
    assert (export.what, export.file_format, export.actor, export.rows) == ("pack", "zip", "sun", 5)
    assert newest is not None and newest.after is not None
    assert export.detail == f"packet:{packet_id}" and f'"{pack.sha256}"' in newest.after


def test_real_ids_are_added_for_a_reason_and_recorded(store: Store, packet_id: str) -> None:
    masked = members(pack_of(store, packet_id).content)
    pack = build_pack(
        store.workspace.root, packet_id, actor=SUN, at=LATER, reveal=True, reason="case 17 of the court"
    )
    files = members(pack.content)
    listed = csv_rows(files.pop("added/identities.csv"))
    assert {row["id"] for row in listed} >= {"anna", "s-1", "s-2", "e1", "e2"}
    changing = {"manifest.json", "SHA256SUMS"}
    assert {path: files[path] for path in files.keys() - changing} == {
        path: masked[path] for path in masked.keys() - changing
    }
    assert pack_faults(pack.content) == []
    with open_store(store.workspace) as reader:
        [reveal] = last_reveals(reader, 5)
    assert (reveal.what, reveal.reason) == ("pack", "case 17 of the court")


def test_where_there_are_users_a_second_person_approves_real_ids(store: Store, packet_id: str) -> None:
    root, reason = store.workspace.root, "case 17 of the court"
    for name, role in (("sun", Role.supervisor), ("wu", Role.director)):
        add_user(root, name, role)
    with pytest.raises(WaitsForSecondError):
        build_pack(root, packet_id, actor=SUN, at=LATER, reveal=True, reason=reason)
    with open_store(store.workspace) as reader:
        assert last_reveals(reader, 5) == [] and last_exports(reader, 5) == []
    assert pack_faults(build_pack(root, packet_id, actor=SUN, at=LATER).content) == []


@pytest.mark.parametrize(
    ("actor", "reason", "refusal"),
    [
        (SUN, "", "reason of at least"),
        (Actor("he", Role.reader), "case 17 of the court", "may not do this"),
        (replace(SUN, districts=("320602",)), "case 17 of the court", "whole fund"),
    ],
)
def test_who_may_not_takes_no_pack(
    store: Store, packet_id: str, actor: Actor, reason: str, refusal: str
) -> None:
    with pytest.raises(UsageError, match=refusal):
        build_pack(store.workspace.root, packet_id, actor=actor, at=LATER, reveal=True, reason=reason)
    with open_store(open_workspace(store.workspace.root)) as reader:
        newest = head(reader)
        assert last_exports(reader, 5) == []
    assert newest is not None and newest.action == "refusal"
    assert issubclass(NotAllowedError, UsageError)


@pytest.mark.parametrize("name", ["C-2026-9999", "insured.P-AAAAAAAAAAAAA", ""])
def test_a_name_of_no_packet_and_no_case_is_refused(store: Store, packet_id: str, name: str) -> None:
    assert packet_id
    with pytest.raises(UsageError, match="no packet"):
        pack_of(store, name)


def test_numbers_of_rows_are_written_as_ranges() -> None:
    assert ranges([1, 2, 3, 7, 9, 10]) == "1-3 7 9-10"
    assert ranges([]) == ""
