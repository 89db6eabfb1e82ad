"""Writes a report and its annex: both whole, or neither."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from detection.report.annex import annex
from detection.report.content import gather
from detection.report.pages import document
from detection.report.period import ReportPeriod
from detection.report.words import Words
from detection.store.queries.reader import open_store
from features.errors import UsageError
from features.files import write_files
from features.workspace import Workspace

ReportFormat = Literal["docx", "xlsx", "pdf"]


def write_report(
    workspace: Workspace,
    period: ReportPeriod,
    *,
    language: str,
    file_format: ReportFormat,
    out: Path,
    fonts: Path | None = None,
) -> list[Path]:
    """Write the report on the run that readers see.

    Args:
        workspace: where the run is.
        period: what the report is about.
        language: ``en`` or ``zh``.
        file_format: ``pdf`` or ``docx`` for the three pages with the annex next to them, ``xlsx`` for the annex alone.
        out: the file; the annex of ``report.pdf`` is ``report-annex.xlsx``.
        fonts: a folder of fonts for the PDF, in addition to the system's.

    Returns:
        The files written.

    Raises:
        StoreError: no run has finished yet.
        UsageError: no day of the period in the data, no font, or a folder that cannot be written.
    """
    words = Words(language)
    with open_store(workspace) as reader:
        content = gather(reader, period)
        pages = document(content, words)
        files = {}
        if file_format == "pdf":
            from detection.report.pdf import pdf

            files[out] = pdf(pages, language, fonts)
        elif file_format == "docx":
            from detection.report.word import word

            files[out] = word(pages)
        annex_path = out if file_format == "xlsx" else out.with_name(f"{out.stem}-annex.xlsx")
        files[annex_path] = annex(content, pages, words)
    _write(files)
    return list(files)


def _write(files: dict[Path, bytes]) -> None:
    try:
        write_files(files)
    except OSError as error:
        raise UsageError(
            "The report cannot be written.",
            where=f"{next(iter(files)).parent}: {error.strerror}",
            next_step="name a file in a folder that exists and can be written: --out FILE",
        ) from None
