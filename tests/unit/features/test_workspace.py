"""A workspace: which process may write to it, and who may read its key."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from features.errors import WorkspaceError
from features.workspace import Workspace, open_workspace

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


def test_only_its_owner_may_read_the_key(workspace: Workspace) -> None:
    key = workspace.root / "pseudonym.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(workspace.pseudonym_key()) == 32
