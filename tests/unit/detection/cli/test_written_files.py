"""Commands of leads and cases write their files outside of workspaces, and say where they cannot."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from support.commands import fundwatch
from support.store_runs import Store

COMMANDS = {
    "template": ("leads", "template"),
    "feedback": ("leads", "feedback", "--sender", "Province bureau"),
    "file": ("case", "file-get", "1"),
}
OF_A_WORKSPACE = ("feedback", "file")


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_is_written_into_a_workspace_and_nothing_entered(store: Store, name: str) -> None:
    root, before = store.workspace.root, entered(store)
    out = root / "new.csv"
    where = ("--workspace", root) if name in OF_A_WORKSPACE else ()
    done = fundwatch(*COMMANDS[name], "--out", out, *where)
    assert done.code == 2 and "lies in a workspace" in done.err
    assert not out.exists()
    assert entered(store) == before


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    out = tmp_path / "none" / "leads.csv"
    done = fundwatch("leads", "template", "--out", out)
    assert done.code == 2 and "cannot be written there" in done.err


def entered(store: Store) -> int:
    with sqlite3.connect(store.workspace.store_file) as connection:
        [number] = connection.execute("SELECT count(*) FROM audit_entry").fetchone()
    return int(number)
