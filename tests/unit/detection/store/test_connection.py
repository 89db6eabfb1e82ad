"""Readers see the last whole run, whatever happened to the writer."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from support.accounts import unprivileged
from support.both_stores import on_both_stores
from support.drafts import a_draft, with_changes
from support.store_runs import Store

from detection.store.connection import read_session, reading, writing
from detection.store.queries import Filters, open_store
from detection.store.queries.totals import totals
from detection.store.schema import State
from detection.store.writer import Writer
from features.errors import StoreError
from features.workspace import open_workspace

ONE, TWO = a_draft("one"), a_draft("two")

KILLED = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 5")  # so that unfinished pages reach the disk
connection.execute("BEGIN IMMEDIATE")
connection.execute("DELETE FROM evidence")
connection.execute("UPDATE alert SET status = 'lost'")
insert = "INSERT INTO reveal (at, actor, reason, what, rows) VALUES ('noon', 'a', ?, 'w', 1)"
connection.executemany(insert, [("x" * 500,)] * 2000)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_writer_leaves_what_readers_see_as_before_and_the_next_run_works(store: Store) -> None:
    store.run("r1", ONE)
    ended = subprocess.run([sys.executable, "-c", KILLED, str(store.workspace.store_file)], check=False)
    assert ended.returncode == -9
    assert (store.current(), store.alert(ONE).status, store.alert(ONE).evidence_rows) == ("r1", "new", 1)
    assert store.run("r2", ONE, TWO)["new"] == 1
    assert store.current() == "r2"


@on_both_stores
def test_a_run_that_fails_half_way_changes_nothing(store: Store) -> None:
    store.run("r1", ONE)
    broken = with_changes(TWO, card_digest="a card that is not there")
    with pytest.raises(StoreError, match="as it was before"):
        store.run("r2", broken)
    assert store.current() == "r1"
    assert [alert.alert_id for alert in store.alerts()] == [ONE.alert_id]
    assert store.alert(ONE).status == "new"


@on_both_stores
def test_readers_see_the_old_run_while_the_new_one_is_written(store: Store) -> None:
    store.run("r1", ONE)
    with writing(store.workspace.store).begin() as connection:
        connection.execute(text("UPDATE alert SET status = 'expired'"))
        assert store.alert(ONE).status == "new"


def test_two_writers_do_not_mix(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detection.store.engines.sqlite.WAIT_SECONDS", 0)
    store.run("r1", ONE)
    with writing(store.workspace.store).begin(), pytest.raises(StoreError, match="as it was before"):
        store.act(ONE, "triage")
    assert store.act(ONE, "triage") == "triaged"


@on_both_stores
def test_one_reading_sees_one_run_though_another_is_committed_meanwhile(store: Store) -> None:
    store.run("r1", ONE)
    with open_store(store.workspace) as reader:
        assert reader.current_run().run_id == "r1"
        store.run("r2", ONE, TWO)
        assert totals(reader, Filters()).alerts == 1
    assert len(store.alerts()) == 2


def test_a_reader_cannot_write(store: Store) -> None:
    store.run("r1", ONE)
    with (
        reading(store.workspace.store).connect() as connection,
        pytest.raises(OperationalError, match="readonly"),
    ):
        connection.execute(text("UPDATE alert SET status = 'closed'"))


def test_a_workspace_that_may_not_be_written_can_be_read(store: Store) -> None:
    store.run("r1", ONE)
    with tempfile.TemporaryDirectory() as parent:
        root = Path(parent) / "ws"
        root.mkdir()
        copied = root / "store.sqlite"
        copied.write_bytes(store.workspace.store_file.read_bytes())
        for path, rights in ((Path(parent), 0o755), (copied, 0o444), (root, 0o555)):
            path.chmod(rights)
        with unprivileged(), read_session(copied) as session:
            with pytest.raises(PermissionError):
                (root / "anything").touch()
            assert session.scalars(select(State)).one().current_run_id == "r1"
        assert [file.name for file in root.iterdir()] == ["store.sqlite"]
        root.chmod(0o755)


def test_no_advice_destroys_the_store(store: Store) -> None:
    store.workspace.store_file.write_bytes(b"damaged" * 1_000)
    with pytest.raises(StoreError) as refused, open_store(store.workspace):
        pass
    assert "restore the workspace from a backup" in refused.value.next_step
    assert "move" not in str(refused.value)


def test_a_missing_store_is_reported_with_the_next_step(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "ws", create=True)
    with pytest.raises(StoreError, match="fundwatch run"), open_store(workspace):
        pass


def test_a_store_without_a_run_is_reported_too(store: Store) -> None:
    with open_store(store.workspace) as reader, pytest.raises(StoreError, match="No run"):
        reader.current_run()


def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    path.write_bytes(b"not a database, but somebody's notes" * 40)
    before = path.read_bytes()
    with pytest.raises(StoreError):
        Writer(path)
    with pytest.raises(StoreError):
        reading(path)
    assert path.read_bytes() == before


def test_a_folder_with_odd_letters_in_its_name_works(tmp_path: Path) -> None:
    store = Store(tmp_path / "a b?c#d%20é")
    store.run("r1", ONE)
    assert store.current() == "r1"


def test_evidence_cannot_name_an_alert_that_is_not_there(store: Store) -> None:
    store.run("r1", ONE)
    with pytest.raises(Exception, match="FOREIGN KEY"), writing(store.workspace.store).begin() as connection:
        connection.execute(text("UPDATE evidence SET alert_id = 'A-0'"))


def test_the_file_is_whole_by_sqlites_own_check(store: Store) -> None:
    store.run("r1", ONE)
    with sqlite3.connect(store.workspace.store_file) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
