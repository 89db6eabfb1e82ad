"""Commands that keep a workspace, and the rights of what any command writes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.commands import fundwatch

from features.workspace import Workspace, open_workspace


@pytest.fixture(autouse=True)
def usual_rights() -> Iterator[None]:
    """What most accounts start commands with: others may read new files."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return open_workspace(tmp_path / "ws", create=True)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_a_command_writes_is_its_user_s_alone(workspace: Workspace, tmp_path: Path) -> None:
    written = tmp_path / "templates"
    ended = fundwatch("letter", "--workspace", workspace.root, "--write-template", written)
    assert ended.code == 0
    assert rights(written) == 0o700
    assert {rights(file) for file in written.iterdir()} == {0o600}


def test_an_open_workspace_is_refused_with_the_command_that_closes_it(workspace: Workspace) -> None:
    workspace.root.chmod(0o755)
    refused = fundwatch("alerts", "--workspace", workspace.root)
    assert refused.code == 6
    advice = f"fundwatch secure --workspace {workspace.root}"
    assert advice in refused.err
    assert fundwatch(*advice.split()[1:]).code == 0
    assert rights(workspace.root) == 0o700
    assert fundwatch("alerts", "--workspace", workspace.root).code == 7  # open, and without a run


def test_the_place_of_the_key_comes_from_the_environment_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FUNDWATCH_KEY", str(tmp_path / "vault.key"))
    data = tmp_path / "data"
    data.mkdir()
    assert fundwatch("intake", "--data", data, "--workspace", tmp_path / "ws").code == 3
    assert rights(tmp_path / "vault.key") == 0o600
    assert not (tmp_path / "ws" / "pseudonym.key").exists()


def test_a_run_with_an_open_key_ends_before_it_reads_data(tmp_path: Path) -> None:
    key, data, root = tmp_path / "vault.key", tmp_path / "data", tmp_path / "ws"
    data.mkdir()
    (data / "persons.csv").write_text("no,such,column\n1,2,3\n", encoding="utf-8")
    open_workspace(root, create=True, key=key)
    key.chmod(0o644)
    refused = fundwatch("run", "--data", data, "--workspace", root, "--key", key, "--area", "none")
    assert refused.code == 6
    assert "pseudonym key" in refused.err and "persons" not in refused.err
