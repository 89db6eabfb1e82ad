"""Writes a report and its annex: both whole, or neither; what exists is not replaced unless that is wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from detection.report.annex.sheets import sheets
from detection.report.annex.workbook import annex
from detection.report.content import Content
from detection.report.document import Section
from detection.report.options import Details
from detection.report.printed import Printed
from detection.report.sections import document
from detection.report.words import Words
from features.errors import UsageError
from features.files import write_files
from features.workspace.owned import refuse_owned

ReportFormat = Literal["docx", "xlsx", "pdf"]


def printed(content: Content, details: Details, language: str, changes: Sequence[Section] = ()) -> Printed:
    """The report in words."""
    words = Words(language, content.districts)
    pages = document(content, words, details, changes)
    return Printed(content.period.name, language, pages, tuple(sheets(content, pages, words)))


def write_printed(
    report: Printed,
    *,
    file_format: ReportFormat,
    out: Path,
    fonts: Path | None = None,
    overwrite: bool = False,
    before: Callable[[], object] = lambda: None,
) -> list[Path]:
    """Write a report in words.

    Args:
        report: in words.
        file_format: ``pdf`` or ``docx`` for the report with the annex next to it, ``xlsx`` for the annex alone.
        out: the file; the annex of ``report.pdf`` is ``report-annex.xlsx``.
        fonts: a folder of fonts for the PDF, in addition to the system's.
        overwrite: whether files that exist are replaced.
        before: called when the report is complete and nothing is written yet.

    Returns:
        The files written.

    Raises:
        UsageError: no font, a file that exists, or a folder that cannot be written.
    """
    files = files_of(report, file_format=file_format, out=out, fonts=fonts, overwrite=overwrite)
    before()
    write(files)
    return list(files)


def files_of(
    report: Printed,
    *,
    file_format: ReportFormat,
    out: Path,
    fonts: Path | None = None,
    overwrite: bool = False,
    mark: str = "",
) -> dict[Path, bytes]:
    """The contents of the files of a report, by path; nothing is written yet.

    ``mark``: who takes them, when, and their number; empty for an issued report, whose bytes stay.
    """
    refuse_existing(out, file_format, overwrite=overwrite)
    files: dict[Path, bytes] = {}
    if file_format == "pdf":
        from detection.report.pdf import pdf

        files[out] = pdf(report.document, report.language, fonts, mark)
    elif file_format == "docx":
        from detection.report.word import word

        files[out] = word(report.document, report.language, mark)
    files[_annex_of(out, file_format)] = annex(report.document.title, report.sheets, mark)
    return files


def refuse_unprintable(report: Printed, *, file_format: ReportFormat, fonts: Path | None = None) -> None:
    """Refuse what `files_of` would refuse of the report itself, without laying it out.

    Raises:
        UsageError: it has Chinese characters and no font for them is installed.
    """
    if file_format == "pdf":
        from detection.report import pdf

        pdf.refuse_unprintable(report.document, report.language, fonts)


def write(files: dict[Path, bytes]) -> None:
    """Write all files or none.

    Raises:
        UsageError: a folder that cannot be written.
    """
    try:
        write_files(files)
    except OSError as error:
        raise UsageError(
            "The report cannot be written.",
            where=f"{next(iter(files)).parent}: {error.strerror}",
            next_step="name a file in a folder that exists and can be written: --out FILE",
        ) from None


def refuse_existing(out: Path, file_format: ReportFormat, *, overwrite: bool) -> None:
    """Refuse to replace a file, unless that is wanted.

    Raises:
        UsageError: the report or its annex exists, or lies in a workspace.
    """
    paths = list(dict.fromkeys((out, _annex_of(out, file_format))))
    refuse_owned(*paths)
    for path in paths:
        if path.exists() and not overwrite:
            raise UsageError(
                "The file {file} exists and is not replaced.",
                next_step="name another file: --out FILE; or replace it: --overwrite",
                file=path,
            )


def _annex_of(out: Path, file_format: ReportFormat) -> Path:
    return out if file_format == "xlsx" else out.with_name(f"{out.stem}-annex.xlsx")
