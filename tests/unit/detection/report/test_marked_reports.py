"""A report that is no issue yet says on each page who took it; an issued one is the same file whoever prints it."""

from __future__ import annotations

import hashlib
import io
import json
import re
import sqlite3
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
from support.written_exports import mark_of_last

from detection.followup.reports import take_report
from detection.report.issued.issuing import issue
from detection.report.options import Details
from detection.report.period import report_period
from detection.report.writing import ReportFormat
from features.errors import UsageError
from features.workspace import open_workspace

PERIOD, DETAILS = report_period("2024-Q2"), Details("2024-07-15", number="7")
NOON = "2024-07-15T12:00:00"


def taken(root: Path, out: Path, language: str, file_format: ReportFormat) -> dict[str, bytes]:
    """Files of a report, by their ending."""
    files = take_report(
        open_workspace(root),
        PERIOD,
        DETAILS,
        language=language,
        file_format=file_format,
        out=out,
        actor="li",
        at=NOON,
    )
    return {file.suffix: file.read_bytes() for file in files}


def hashes(root: Path) -> list[object]:
    """Hashes of files in the audit log, the newest last."""
    with sqlite3.connect(root / "store.sqlite") as connection:
        query = "SELECT after FROM audit_entry WHERE action = 'export_file' ORDER BY number"
        return [json.loads(after)["file_hash"] for (after,) in connection.execute(query)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_draft_and_its_annex_have_the_mark_and_the_log_their_hashes(
    finished_copy: Path, tmp_path: Path, language: str
) -> None:
    files = taken(finished_copy, tmp_path / "a.pdf", language, "pdf")
    mark = mark_of_last(finished_copy, language)
    assert "li" in mark
    pages = [
        re.sub(r"\s", "", page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(files[".pdf"])).pages
    ]
    assert pages and [page for page in pages if re.sub(r"\s", "", mark) not in page] == []
    with zipfile.ZipFile(io.BytesIO(files[".xlsx"])) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sheets and [name for name in sheets if mark not in book.read(name).decode()] == []
        assert mark in book.read("docProps/core.xml").decode()
    assert hashes(finished_copy)[-2:] == [hashlib.sha256(content).hexdigest() for content in files.values()]
    word = docx.Document(io.BytesIO(taken(finished_copy, tmp_path / "b.docx", language, "docx")[".docx"]))
    mark = mark_of_last(finished_copy, language)
    assert word.sections[0].footer.paragraphs[-1].text == word.core_properties.comments == mark


def test_an_issued_report_has_no_mark(finished_copy: Path, tmp_path: Path) -> None:
    _, [path, _] = issue(
        open_workspace(finished_copy), PERIOD, DETAILS, language="zh", at=NOON, actor="li", file_format="docx",
        out=tmp_path / "a.docx",
    )  # fmt: skip
    word = docx.Document(str(path))
    assert NOON[:10] not in word.core_properties.comments
    assert len(word.sections[0].footer.paragraphs) == 1, "the number of the page alone"


def test_a_draft_that_cannot_be_written_is_not_recorded(finished_copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.docx"
    out.write_text("mine")
    before = hashes(finished_copy)
    with pytest.raises(UsageError, match="not replaced"):
        taken(finished_copy, out, "en", "docx")
    assert out.read_text() == "mine" and hashes(finished_copy) == before
