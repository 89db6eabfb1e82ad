"""Names of districts: read as spreadsheets save them, refused with every row that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from detection.language.districts import as_file, read_names
from detection.language.text import Text
from features.errors import InputError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "names.csv"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_names_are_read_as_spreadsheets_save_them(file: Path, encoding: str) -> None:
    file.write_bytes('Code, Name \r\n320601, 崇川片区 \r\n\r\n320602,"A, B"\r\n'.encode(encoding))
    names = read_names(file)
    assert names == {"320601": Text("崇川片区", "崇川片区"), "320602": Text("A, B", "A, B")}


def test_an_english_name_is_used_in_english(file: Path) -> None:
    file.write_text("code,name,name_en\n320601,城区,Old town\n320602,郊区,\n", encoding="utf-8")
    names = read_names(file)
    assert [names["320601"][language] for language in ("zh", "en")] == ["城区", "Old town"]
    assert names["320602"]["en"] == "郊区"


def test_what_is_kept_is_read_again(file: Path) -> None:
    names = {"320602": Text('B "2"', "乙"), "320601": Text("A", "甲,乙")}
    file.write_text(as_file(names), encoding="utf-8")
    assert read_names(file) == names


def test_all_wrong_rows_are_named(file: Path) -> None:
    rows = (
        "code,name",
        "3206,short",
        "320601,",
        "320602,甲",
        "320602,乙",
        "320603,甲,乙",
        f"320604,{'长' * 41}",
    )
    file.write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_names(file)
    problems = [str(problem) for problem in refused.value.problems]
    assert [problem.partition(":")[0] for problem in problems] == [f"line {n}" for n in (2, 3, 5, 6, 7)]
    assert "six digits" in problems[0] and "empty" in problems[1] and "earlier line" in problems[2]


@pytest.mark.parametrize("content", [b"", b"code,name\n", b"name,code\n320601,x\n", b"\xff\xff"])
def test_a_file_that_has_no_names_is_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(InputError, match="names of districts"):
        read_names(file)


def test_a_file_that_is_not_there_is_refused(file: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_names(file)
