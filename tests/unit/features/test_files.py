"""Files appear whole, together, or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from features.files import place_folder, write_files, write_text


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    write_text(tmp_path / "a.txt", "old")
    write_text(tmp_path / "a.txt", "新")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "新"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_files_that_belong_together_appear_together_or_not_at_all(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_bytes(b"old")

    def refuse() -> None:
        assert first.read_bytes() == b"old"
        assert not second.exists()
        raise PermissionError

    with pytest.raises(PermissionError):
        write_files({first: b"new", second: b"new"}, before_they_appear=refuse)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"first": b"old"}
    with pytest.raises(OSError, match="nowhere"):
        write_files({first: b"new", tmp_path / "nowhere" / "second": b"new"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"first": b"old"}
    write_files({first: b"new", second: b"new"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "first": b"new",
        "second": b"new",
    }


def test_a_file_has_the_rights_that_it_is_given_from_the_start(tmp_path: Path) -> None:
    write_text(tmp_path / "key", "secret", rights=0o600)
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_a_folder_appears_when_all_its_files_are_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "runs" / "r1"
    on_disk: dict[int, bool] = {}
    sync = os.fsync

    def record(descriptor: int) -> None:
        on_disk[os.fstat(descriptor).st_ino] = target.exists()
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", record)
    draft = tmp_path / "draft"
    (draft / "scores").mkdir(parents=True)
    for name in ("manifest.json", "scores/person.parquet"):
        (draft / name).write_text(name)
    place_folder(draft, target)
    assert not draft.exists()
    inside = [target, *target.rglob("*")]
    assert len(inside) == 4
    assert [on_disk[path.stat().st_ino] for path in inside] == [False] * 4
    assert on_disk[target.parent.stat().st_ino]
