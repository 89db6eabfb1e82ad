"""``fundwatch report`` at a terminal: a report, its issue, its reprint, and refusals in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.commands import fundwatch

from detection.report.issued.registry import issued_report
from features.workspace import open_workspace


def test_issue_list_and_reprint(finished_copy: Path, tmp_path: Path) -> None:
    words = ("report", "--workspace", finished_copy)
    options = ("--period", "2024-Q2", "--issuer", "医保局", "--date", "2024-07-15", "--format", "docx")
    assert "no report has been issued" in fundwatch(*words, "--list").out
    issued = fundwatch(*words, *options, "--issue", "--out", tmp_path / "a.docx")
    assert (issued.code, issued.err) == (0, "")
    assert "issued under number 2024-Q2-1" in issued.out
    assert "2024-Q2-1  2024-07-15  zh" in fundwatch(*words, "--list").out
    again = fundwatch(*words, "--reprint", "2024-Q2-1", "--format", "docx", "--out", tmp_path / "b.docx")
    assert again.code == 0
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    assert issued_report(open_workspace(finished_copy), "2024-Q2-1").details.issuer == "医保局"


@pytest.mark.parametrize(
    ("options", "english", "chinese"),
    [
        (("--period", "2024-Q2", "--list"), "exactly one of", "仅给出一项"),
        ((), "exactly one of", "仅给出一项"),
        (("--period", "2024-Q2", "--date", "15.7.2024"), "is not a date", "不是日期"),
        (("--reprint", "2024-Q2-7"), "There is no issued report", "没有编号为"),
    ],
)
def test_refusals(finished: Path, options: tuple[str, ...], english: str, chinese: str) -> None:
    for locale, text in (("C.UTF-8", english), ("zh_CN.UTF-8", chinese)):
        ended = fundwatch("report", "--workspace", finished, *options, locale=locale)
        assert ended.code == 2
        assert text in ended.err
        assert ended.out == ""
