"""Files appear whole, together, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from features.files import write_files, write_text


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
