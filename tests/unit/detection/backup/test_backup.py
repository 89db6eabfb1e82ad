"""A backup holds everything but the key, and comes back only whole."""

from __future__ import annotations

import hashlib
import io
import sqlite3
import stat
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from support.commands import fundwatch
from support.drafts import a_draft
from support.store_runs import Store
from support.workspaces import content

from detection.audit.settings import AnchorSettings, read_settings, write_settings
from detection.backup.restoring import damaged_members, restore
from detection.backup.saving import save
from detection.store.connection import writing
from features.errors import UsageError, WorkspaceError
from features.workspace import Workspace, open_workspace
from features.workspace.marker import read_marker, write_marker

ONE = a_draft("one")


@pytest.fixture
def workspace(store: Store) -> Workspace:
    """A workspace with a run and a decision, the newest of which is in the write-ahead log alone."""
    store.run("r1", ONE)
    with store.workspace.building(store.workspace.run("r1")) as folder:
        (folder / "scores").write_text("scores")
    sqlite3.connect(store.workspace.mlflow_db).close()
    store.act(ONE, "triage")
    return store.workspace


def saved(workspace: Workspace, folder: Path) -> tuple[Path, Path]:
    archive, key = folder / "ws.tar", folder / "ws.key"
    with workspace.lock():
        save(workspace, archive, key_out=key)
    return archive, key


def status(workspace: Workspace) -> str:
    with sqlite3.connect(workspace.store_file) as connection:
        return str(connection.execute("SELECT status FROM alert").fetchone()[0])


def test_a_backup_comes_back_with_every_file_and_decision(workspace: Workspace, tmp_path: Path) -> None:
    with writing(workspace.store_file).connect() as open_elsewhere:  # a reader that keeps the log alive
        open_elsewhere.exec_driver_sql("SELECT 1")
        archive, key = saved(workspace, tmp_path)
    restored = restore(archive, tmp_path / "new", key=key)
    assert status(restored) == "triaged"
    assert restored.pseudonym_key() == workspace.pseudonym_key()
    assert stat.S_IMODE(restored.root.stat().st_mode) == 0o700
    before, after = content(workspace.root), content(restored.root)
    databases = {"store.sqlite", "mlflow.db"}
    assert before.keys() == after.keys() and len(before) > 4
    assert {name for name in before if before[name] != after[name]} <= databases
    assert fundwatch("verify", "--workspace", restored.root).code == 0
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_the_archive_never_holds_the_key(workspace: Workspace, tmp_path: Path) -> None:
    archive, key = saved(workspace, tmp_path)
    with tarfile.open(archive) as tar:
        assert "pseudonym.key" not in tar.getnames()
    assert workspace.pseudonym_key().hex().encode() not in archive.read_bytes()
    assert {stat.S_IMODE(file.stat().st_mode) for file in (archive, key)} == {0o600}


def test_a_key_of_another_name_in_the_workspace_is_left_out(workspace: Workspace, tmp_path: Path) -> None:
    vault = workspace.key_file.rename(workspace.root / "vault.key")
    write_marker(workspace.root, replace(read_marker(workspace.root), key_file=str(vault)))
    archive, _ = saved(workspace, tmp_path)
    assert workspace.pseudonym_key().hex().encode() not in archive.read_bytes()


def test_archive_and_key_are_two_files(workspace: Workspace, tmp_path: Path) -> None:
    with workspace.lock(), pytest.raises(UsageError, match="two files"):
        save(workspace, tmp_path / "ws.tar", key_out=tmp_path / "ws.tar")
    assert not (tmp_path / "ws.tar").exists()


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "no archive"])
def test_a_damaged_backup_is_named_and_not_restored(
    workspace: Workspace, tmp_path: Path, damage: str
) -> None:
    archive, key = saved(workspace, tmp_path)
    assert damaged_members(archive) == []
    whole = archive.read_bytes()
    place = whole.index(b"scores", 4_096)
    archive.write_bytes(
        {
            "cut": whole[: len(whole) // 2],
            "flipped": whole[:place] + b"sc0res" + whole[place + 6 :],
            "empty": b"",
            "no archive": b"text" * 1_000,
        }[damage]
    )
    assert damaged_members(archive)
    with pytest.raises(WorkspaceError, match="damaged"):
        restore(archive, tmp_path / "new", key=key)
    assert not (tmp_path / "new").exists()
    refused = fundwatch("verify", "--archive", archive)
    assert refused.code == 6 and "missing or was changed" in refused.err


@pytest.mark.parametrize("kind", [tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.DIRTYPE])
def test_what_is_no_plain_file_in_a_backup_is_damage(
    workspace: Workspace, tmp_path: Path, kind: bytes
) -> None:
    archive, key = saved(workspace, tmp_path)
    member = tarfile.TarInfo("added")
    member.type, member.linkname = kind, "workspace.json"
    with tarfile.open(archive, "a") as tar:
        tar.addfile(member)
    assert damaged_members(archive) == ["added"]
    with pytest.raises(WorkspaceError, match="damaged"):
        restore(archive, tmp_path / "new", key=key)


def test_a_member_outside_the_folder_is_refused_in_words(workspace: Workspace, tmp_path: Path) -> None:
    archive, key = tmp_path / "ws.tar", workspace.key_file
    files = {"../outside": b"", "SHA256SUMS": f"{hashlib.sha256().hexdigest()}  ../outside\n".encode()}
    with tarfile.open(archive, "w") as tar:
        for name, written in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(written)
            tar.addfile(member, io.BytesIO(written))
    assert damaged_members(archive) == []
    with pytest.raises(WorkspaceError, match="damaged"):
        restore(archive, tmp_path / "new", key=key)
    assert not (tmp_path / "outside").exists()


def test_a_restored_workspace_runs_no_program_of_the_backup_and_everybody_signs_in_anew(
    workspace: Workspace, tmp_path: Path
) -> None:
    write_settings(workspace.root, AnchorSettings(program="/bin/true"))
    with sqlite3.connect(workspace.store_file) as connection:
        connection.execute(
            "INSERT INTO account_user (name, display_name, role, created_at) VALUES ('li', 'Li', 'reader', '')"
        )
        connection.execute(
            "INSERT INTO account_session (token_hash, user_name, address, started_at, last_seen_at)"
            " VALUES ('t', 'li', '', '', '')"
        )
    archive, key = saved(workspace, tmp_path)
    new = tmp_path / "new"
    done = fundwatch("restore", "--archive", archive, "--key", key, "--workspace", new)
    assert done.code == 0 and "configure them anew" in done.out
    assert read_settings(new) == AnchorSettings()
    with sqlite3.connect(new / "store.sqlite") as connection:
        reasons = connection.execute("SELECT ended_reason FROM account_session").fetchall()
    assert reasons == [("restore",)]


def test_a_backup_goes_into_an_empty_folder_only_and_with_its_own_key(
    workspace: Workspace, tmp_path: Path
) -> None:
    archive, key = saved(workspace, tmp_path)
    before = content(workspace.root)
    with pytest.raises(UsageError, match="empty folder"):
        restore(archive, workspace.root, key=key)
    assert content(workspace.root) == before
    other = open_workspace(tmp_path / "other", create=True).key_file
    with pytest.raises(WorkspaceError, match="not the key"):
        restore(archive, tmp_path / "new", key=other)
    assert not (tmp_path / "new").exists()


def test_no_backup_replaces_another_and_the_key_has_to_be_thought_of(
    workspace: Workspace, tmp_path: Path
) -> None:
    words = ("backup", "--workspace", workspace.root, "--out", tmp_path / "ws.tar")
    assert "Where is the pseudonym key kept?" in fundwatch(*words).err
    assert fundwatch(*words, "--without-key").code == 0
    first = (tmp_path / "ws.tar").read_bytes()
    assert fundwatch(*words, "--without-key").code == 2
    assert (tmp_path / "ws.tar").read_bytes() == first


def test_verify_names_what_was_changed(workspace: Workspace) -> None:
    assert fundwatch("verify", "--workspace", workspace.root).code == 0
    (workspace.run("r1") / "scores").write_text("other scores")
    workspace.mlflow_db.write_bytes(b"garbage" * 1_000)
    seen = fundwatch("verify", "--workspace", workspace.root)
    assert seen.code == 6
    assert "runs/r1/scores: missing or changed" in seen.err
    assert "mlflow.db: the database is damaged" in seen.err
    (workspace.root / "pseudonym.key").write_text("short")
    assert "64 hexadecimal digits" in fundwatch("verify", "--workspace", workspace.root).err
