"""A pack is built again from its workspace or a restored one to the same bytes; or each difference is named."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from support.case_steps import NOON
from support.commands import fundwatch
from support.packs import LATER, SUN, drafts, members, pack_of
from support.store_runs import Store

from detection.cases.moves import Act, Actor
from detection.followup import cases as casework
from detection.followup.packs import Pack, build_pack, compare_pack
from detection.pack.tables import csv_rows
from detection.store.queries import open_store
from detection.store.queries.casework.packet import packet_page
from features.errors import UsageError

ZHAO = Actor("zhao", "supervisor")


def written(pack: Pack, folder: Path) -> Path:
    file = folder / "pack.zip"
    file.write_bytes(pack.content)
    return file


def restored(store: Store, folder: Path) -> Path:
    """The workspace from a backup, in another folder."""
    archive, key, other = folder / "ws.tar", folder / "ws.key", folder / "elsewhere"
    source = store.workspace.root
    assert fundwatch("backup", "--workspace", source, "--out", archive, "--key-out", key).code == 0
    assert fundwatch("restore", "--archive", archive, "--workspace", other, "--key", key).code == 0
    return other


def test_a_restored_workspace_builds_the_same_bytes(store: Store, case_id: str, tmp_path: Path) -> None:
    pack = pack_of(store, case_id)
    other = restored(store, tmp_path)
    assert build_pack(other, case_id, actor=SUN, at="2030-01-01T00:00:00").content == pack.content
    file = written(pack, tmp_path)
    verified = fundwatch("pack", "verify", file, "--workspace", other)
    assert verified.code == 0 and "builds the same pack" in verified.out
    assert "knows this file" in verified.out
    assert fundwatch("--lang", "zh", "pack", "verify", file).code == 0


def test_later_acts_do_not_change_the_pack_up_to_its_entry(store: Store, packet_id: str) -> None:
    pack = pack_of(store, packet_id)
    opened = casework.open_case(
        store.workspace.root, packet_id, actor=Actor("li", "inspector"), at=NOON, reason="two patterns agree"
    )
    assert list(compare_pack(store.workspace.root, pack.content).problems) == []
    assert pack_of(store, packet_id, up_to=pack.entry).content == pack.content
    of_case = pack_of(store, opened.case_id)
    assert of_case.content != pack.content
    note = Act("note", dt.date(2026, 11, 30), reason="the file has arrived")
    casework.move(store.workspace.root, opened.case_id, note, actor=ZHAO, at=NOON)
    assert list(compare_pack(store.workspace.root, of_case.content).problems) == []
    assert pack_of(store, opened.case_id).content != of_case.content
    assert list(compare_pack(store.workspace.root, pack.content).problems) == []


def test_a_dismissal_after_the_entry_leaves_the_alert_in_the_pack(store: Store, packet_id: str) -> None:
    pack = pack_of(store, packet_id)
    store.act(drafts()[0], "dismiss")
    assert list(compare_pack(store.workspace.root, pack.content).problems) == []
    now = members(pack_of(store, packet_id).content)
    assert now["alerts.json"] != members(pack.content)["alerts.json"]
    with open_store(store.workspace) as reader:
        shown = {row.alert_id for row in packet_page(reader, packet_id).alerts}
    assert {name for name in shown if name.encode() in now["rows.csv"]} == shown
    assert drafts()[0].alert_id.encode() not in now["rows.csv"]


def test_another_run_with_the_same_findings_changes_nothing(store: Store, packet_id: str) -> None:
    pack = pack_of(store, packet_id)
    store.run("r2", *drafts(), finished_at="2026-12-02T08:00:00")
    assert list(compare_pack(store.workspace.root, pack.content).problems) == []
    newer = members(pack_of(store, packet_id).content)
    assert b'"run_id": "r2"' in newer["pack.json"]


def test_what_the_store_says_differently_is_named_by_row_and_column(
    store: Store, packet_id: str, tmp_path: Path
) -> None:
    pack = pack_of(store, packet_id)
    file = written(pack, tmp_path)
    rows = csv_rows(members(pack.content)["rows.csv"])
    [number] = [row["row"] for row in rows if row["table"] == "settlements" and row["source_row"] == "2"]
    with sqlite3.connect(store.workspace.store_file) as connection:
        connection.execute("UPDATE evidence SET pool = 4000 WHERE settlement_id = 's-2'")
    ended = fundwatch("pack", "verify", file, "--workspace", store.workspace.root)
    assert ended.code == 6
    assert f"rows.csv, row {number}, pool_fen: 1000 instead of 4000" in ended.err
    assert "sums.csv" in ended.err
    chinese = fundwatch("--lang", "zh", "pack", "verify", file, "--workspace", store.workspace.root)
    assert "rows.csv 第" in chinese.err and "工作区" in chinese.err


def test_a_data_set_that_says_otherwise_is_named(store: Store, packet_id: str) -> None:
    pack = pack_of(store, packet_id)
    folder = store.workspace.root / "snapshots" / "snapshot" / "tables" / "settlements"
    for file in folder.iterdir():
        file.unlink()
    problems = compare_pack(store.workspace.root, pack.content).problems
    assert problems and all("paid_" in problem for problem in problems)


def test_the_extract_agrees_with_the_log_of_the_origin(store: Store, case_id: str, tmp_path: Path) -> None:
    shipped = tmp_path / "log.jsonl"
    shipped.write_bytes(members(pack_of(store, case_id).content)["log.jsonl"])
    where = ("--workspace", str(store.workspace.root))
    assert fundwatch("audit", "verify", *where, "--shipped", shipped).code == 0
    shipped.write_bytes(shipped.read_bytes().replace(b'"actor":"li"', b'"actor":"he"', 1))
    ended = fundwatch("audit", "verify", *where, "--shipped", shipped)
    assert ended.code == 9 and "actor" in ended.err


def test_an_entry_that_the_log_does_not_have_is_refused(store: Store, packet_id: str) -> None:
    with pytest.raises(UsageError, match="no entry 999"):
        pack_of(store, packet_id, up_to=999)


def test_a_pack_is_built_and_verified_at_a_terminal(store: Store, case_id: str, tmp_path: Path) -> None:
    out, where = tmp_path / "case.zip", ("--workspace", str(store.workspace.root))
    built = fundwatch("pack", "build", case_id, *where, "--out", out)
    assert built.code == 0 and "sha256" in built.out
    assert fundwatch("pack", "verify", out, *where).code == 0
    content = out.read_bytes()
    out.write_bytes(content.replace(b",1000,234,", b",9000,234,", 1))
    ended = fundwatch("--lang", "zh", "pack", "verify", out)
    assert ended.code == 9 and "rows.csv" in ended.err
    out.write_bytes(b"no archive")
    assert fundwatch("pack", "verify", out).code == 3
    inside = store.workspace.root / "pack.zip"
    assert fundwatch("pack", "build", case_id, *where, "--out", inside).code == 2
    assert LATER
