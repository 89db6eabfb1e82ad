"""A workspace: which process may write to it, and who may read its key."""

from __future__ import annotations

import errno
import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from features.errors import UsageError, WorkspaceError
from features.workspace import Workspace, open_workspace
from features.workspace.opening import secure_workspace

HOLD = """
import sys
from pathlib import Path
from features.workspace import open_workspace
with open_workspace(Path(sys.argv[1])).lock():
    print("locked", flush=True)
    sys.stdin.read()
"""
"""A process that locks a workspace until it is ended."""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return open_workspace(tmp_path / "ws", create=True)


def test_one_process_writes_at_a_time_and_a_killed_one_frees_the_workspace(workspace: Workspace) -> None:
    holding = [sys.executable, "-c", HOLD, str(workspace.root)]
    with subprocess.Popen(holding, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "locked\n"
        with pytest.raises(WorkspaceError, match="Another run is writing") as refused, workspace.lock():
            pass
        assert refused.value.where == str(workspace.root)
        assert "a killed run frees the workspace by itself" in refused.value.next_step
        other.kill()
    with workspace.lock():
        assert workspace.tmp.is_dir()


def test_a_workspace_is_free_after_the_block(workspace: Workspace) -> None:
    with workspace.lock(), pytest.raises(WorkspaceError), workspace.lock():
        pass
    with workspace.lock():
        pass


def test_an_error_in_the_block_frees_the_workspace(workspace: Workspace) -> None:
    with pytest.raises(ZeroDivisionError), workspace.lock():
        raise ZeroDivisionError
    with workspace.lock():
        pass


def test_what_a_killed_run_left_is_swept(workspace: Workspace) -> None:
    (workspace.tmp / "views").mkdir(parents=True)
    with workspace.lock():
        assert list(workspace.tmp.iterdir()) == []


def test_a_lock_that_cannot_be_made_is_no_workspace_to_write_to(workspace: Workspace) -> None:
    (workspace.root / "lock").mkdir()
    with pytest.raises(WorkspaceError, match="cannot be written"), workspace.lock():
        pass


def test_the_module_needs_nothing_that_only_unix_has() -> None:
    code = "import sys; sys.modules['fcntl'] = None; import features.workspace"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_folder_is_its_owner_s_alone(tmp_path: Path) -> None:
    root = tmp_path / "empty"
    root.mkdir(mode=0o755)
    assert stat.S_IMODE(open_workspace(root, create=True).root.stat().st_mode) == 0o700


@pytest.mark.parametrize("rights", [0o755, 0o750, 0o701, 0o770])
def test_a_workspace_that_others_can_enter_is_refused_until_it_is_secured(
    workspace: Workspace, rights: int
) -> None:
    inside = workspace.snapshot("one")
    inside.mkdir(parents=True)
    (inside / "part").write_text("claims")
    (inside / "link").symlink_to("/etc/hostname")
    (inside / "part").chmod(0o644)
    linked = stat.S_IMODE(Path("/etc/hostname").stat().st_mode)
    for folder in (inside, inside.parent, workspace.root):
        folder.chmod(rights)
    with pytest.raises(WorkspaceError, match="can read this workspace") as refused:
        open_workspace(workspace.root)
    assert f"fundwatch secure --workspace {workspace.root}" in refused.value.next_step
    assert secure_workspace(workspace.root).folders == 3
    assert stat.S_IMODE((inside / "part").stat().st_mode) == 0o600
    assert stat.S_IMODE(inside.stat().st_mode) == 0o700
    assert stat.S_IMODE(Path("/etc/hostname").stat().st_mode) == linked
    assert open_workspace(workspace.root) == workspace


def test_a_workspace_of_an_earlier_version_gets_the_fingerprint_of_its_key(workspace: Workspace) -> None:
    marker = workspace.root / "workspace.json"
    marker.write_text('{"layout_version": 1}')
    assert len(workspace.pseudonym_key()) == 32
    secure_workspace(workspace.root)
    assert json.loads(marker.read_text())["key_fingerprint"]
    (workspace.root / "pseudonym.key").write_text("ab" * 32)
    with pytest.raises(WorkspaceError, match="not the key of this workspace"):
        workspace.pseudonym_key()
    with pytest.raises(WorkspaceError, match="not the key of this workspace"):
        secure_workspace(workspace.root)


@pytest.mark.parametrize(
    "content", [b"", b"a", b"ab" * 31, b"ab" * 33, b"xy" * 32, b"ab" * 16 + b"\n" + b"ab" * 16, b"\xff" * 64]
)
def test_a_damaged_key_is_refused(workspace: Workspace, content: bytes) -> None:
    (workspace.root / "pseudonym.key").write_bytes(content)
    with pytest.raises(WorkspaceError, match="64 hexadecimal digits"):
        workspace.pseudonym_key()


def test_a_damaged_key_that_was_left_behind_starts_no_workspace(tmp_path: Path) -> None:
    (tmp_path / "pseudonym.key").write_bytes(b"")
    with pytest.raises(WorkspaceError, match="64 hexadecimal digits"):
        open_workspace(tmp_path, create=True)
    assert not (tmp_path / "workspace.json").exists()


def test_a_lost_key_is_not_made_again(workspace: Workspace) -> None:
    (workspace.root / "pseudonym.key").unlink()
    with pytest.raises(WorkspaceError, match="cannot be read"):
        open_workspace(workspace.root, create=True).pseudonym_key()
    assert not (workspace.root / "pseudonym.key").exists()


def test_a_full_disk_leaves_no_part_of_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("features.files.os.fsync", full)
    with pytest.raises(WorkspaceError, match="cannot be written"):
        open_workspace(tmp_path / "ws", create=True)
    assert list((tmp_path / "ws").iterdir()) == []


def test_a_key_may_be_kept_outside(tmp_path: Path) -> None:
    vault = tmp_path / "vault.key"
    space = open_workspace(tmp_path / "ws", create=True, key=vault)
    assert not (space.root / "pseudonym.key").exists()
    assert space.pseudonym_key().hex() == vault.read_text()
    assert open_workspace(space.root).pseudonym_key() == space.pseudonym_key()
    with pytest.raises(WorkspaceError, match="in another file"):
        open_workspace(space.root, key=tmp_path / "other.key")
    moved = vault.rename(tmp_path / "moved.key")
    with pytest.raises(WorkspaceError, match="cannot be read"):
        space.pseudonym_key()
    secure_workspace(space.root, moved)
    assert space.pseudonym_key().hex() == moved.read_text()


def test_a_key_under_another_name_in_the_workspace_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "ws"
    with pytest.raises(UsageError, match="outside the workspace"):
        open_workspace(root, create=True, key=root / "vault.key")
    assert not root.exists()
    space = open_workspace(root, create=True)
    copied = root / "copied.key"
    copied.write_text(space.pseudonym_key().hex())
    with pytest.raises(UsageError, match="outside the workspace"):
        secure_workspace(root, copied)
    secure_workspace(root, root / "pseudonym.key")
    assert open_workspace(root, key=root / "pseudonym.key").pseudonym_key() == space.pseudonym_key()


def test_a_key_outside_that_others_can_read_is_refused(tmp_path: Path) -> None:
    vault = tmp_path / "vault.key"
    space = open_workspace(tmp_path / "ws", create=True, key=vault)
    vault.chmod(0o644)
    with pytest.raises(WorkspaceError, match="can read the pseudonym key"):
        space.pseudonym_key()
    secure_workspace(space.root)
    assert stat.S_IMODE(vault.stat().st_mode) == 0o600


def test_only_its_owner_may_read_the_key(workspace: Workspace) -> None:
    key = workspace.root / "pseudonym.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(workspace.pseudonym_key()) == 32
