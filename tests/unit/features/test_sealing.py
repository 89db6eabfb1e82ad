"""What a run reads again is what was written, or is refused."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from features.errors import WorkspaceError
from features.sealing import damage, intact, seal
from features.workspace import Workspace, open_workspace


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    folder = tmp_path / "run"
    (folder / "scores").mkdir(parents=True)
    (folder / "scores" / "person.parquet").write_bytes(b"scores")
    (folder / "manifest.json").write_bytes(b"{}")
    seal(folder)
    return folder


def test_a_sealed_folder_is_intact_and_other_programs_agree(sealed: Path) -> None:
    assert damage(sealed) == []
    assert intact(sealed, "scores") == sealed / "scores"
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=sealed, check=True)


@pytest.mark.parametrize("content", [b"", b"scoreS", b"scores and more", None])
def test_a_file_that_was_changed_or_removed_is_named(sealed: Path, content: bytes | None) -> None:
    file = sealed / "scores" / "person.parquet"
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    assert damage(sealed) == ["scores/person.parquet"]
    assert damage(sealed, "manifest.json") == []
    with pytest.raises(WorkspaceError, match=r"scores/person\.parquet"):
        intact(sealed, "scores")


def test_a_file_that_was_added_is_named(sealed: Path) -> None:
    (sealed / "run.log").write_text("written later")
    assert damage(sealed) == []
    (sealed / "scores" / "more.parquet").write_bytes(b"scores")
    (sealed / "linked").symlink_to(sealed / "scores")
    assert damage(sealed) == ["linked", "scores/more.parquet"]
    assert damage(sealed, "manifest.json") == []
    with pytest.raises(WorkspaceError, match=r"scores/more\.parquet"):
        intact(sealed, "scores")


def test_a_damaged_list_of_hashes_is_damage(sealed: Path) -> None:
    (sealed / "SHA256SUMS").write_bytes(b"\xff\x00")
    assert damage(sealed)


def test_a_folder_of_an_earlier_version_is_taken_as_it_is(tmp_path: Path) -> None:
    assert intact(tmp_path) == tmp_path


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return open_workspace(tmp_path / "ws", create=True)


def build(workspace: Workspace, content: str) -> Path:
    target = workspace.run("one")
    with workspace.building(target) as draft:
        (draft / "scores").write_text(content)
    return target


def test_a_folder_that_is_made_again_stays_and_a_damaged_one_gives_way(workspace: Workspace) -> None:
    target = build(workspace, "first")
    (target / "run.log").write_text("a line")
    assert build(workspace, "second").joinpath("scores").read_text() == "first"
    (target / "scores").write_text("damaged")
    assert build(workspace, "third").joinpath("scores").read_text() == "third"
    assert damage(target) == []
    assert (target / "run.log").read_text() == "a line"
    assert list(workspace.tmp.iterdir()) == []


def test_a_folder_whose_making_fails_does_not_appear(workspace: Workspace) -> None:
    with pytest.raises(ZeroDivisionError), workspace.building(workspace.run("one")):
        raise ZeroDivisionError
    assert not workspace.run("one").exists()
    assert list(workspace.tmp.iterdir()) == []
