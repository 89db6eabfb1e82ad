"""A data set without its list of hashes is refused, unless the workspace says that an earlier version wrote it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detection.backup.checking import verify
from features.errors import WorkspaceError
from features.sealing import SEAL
from features.workspace import Workspace, open_workspace
from features.workspace.opening import secure_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with one sealed data set."""
    space = open_workspace(tmp_path / "ws", create=True)
    with space.lock(), space.building(space.snapshot("one")) as draft:
        (draft / "manifest.json").write_text("{}")
    return space


def test_a_data_set_that_lost_its_hashes_is_refused(workspace: Workspace) -> None:
    folder = workspace.snapshot("one")
    assert workspace.intact_snapshot(folder, "manifest.json").exists()
    (folder / SEAL).unlink()
    with pytest.raises(WorkspaceError, match="SHA256SUMS"):
        workspace.intact_snapshot(folder)
    assert f"snapshots/one/{SEAL}: missing or changed" in [
        str(problem) for problem in verify(workspace).problems
    ]


def test_data_sets_of_an_earlier_version_are_read_as_they_are(workspace: Workspace) -> None:
    (workspace.snapshot("one") / SEAL).unlink()
    (workspace.root / "workspace.json").write_text('{"layout_version": 1}')
    assert workspace.intact_snapshot(workspace.snapshot("one")).exists()
    secure_workspace(workspace.root)
    assert json.loads((workspace.root / "workspace.json").read_text())["unsealed"] == ["one"]
    assert workspace.intact_snapshot(workspace.snapshot("one")).exists()
    with workspace.lock(), workspace.building(workspace.snapshot("two")) as draft:
        (draft / "manifest.json").write_text("{}")
    (workspace.snapshot("two") / SEAL).unlink()
    with pytest.raises(WorkspaceError):
        workspace.intact_snapshot(workspace.snapshot("two"))


def test_a_data_set_that_is_not_there_is_the_readers_affair(workspace: Workspace) -> None:
    assert not workspace.intact_snapshot(workspace.snapshot("none")).exists()
