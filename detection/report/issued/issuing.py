"""Issues a report: keeps it under a new number, with what it changes against the issue before, and writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from detection.audit.entry import EntryDraft
from detection.report.content import gather
from detection.report.issued.changes import changes, changes_section
from detection.report.issued.record import IssuedReport, alerts_of, figures_of, origin_of
from detection.report.issued.registry import issued_report, latest, next_number, record_of, refuse_taken
from detection.report.options import Details
from detection.report.period import ReportPeriod
from detection.report.words import Words
from detection.report.writing import (
    ReportFormat,
    files_of,
    printed,
    refuse_existing,
    write,
    write_printed,
)
from detection.store.queries.reader import open_store
from detection.store.writer import Writer
from features.workspace import Workspace


def issue(
    workspace: Workspace,
    period: ReportPeriod,
    details: Details,
    *,
    language: str,
    at: str,
    actor: str,
    file_format: ReportFormat,
    out: Path,
    fonts: Path | None = None,
    overwrite: bool = False,
) -> tuple[IssuedReport, list[Path]]:
    """Keep the report on the run that readers see under a new number, and write it: all files or none.

    Where its body gave it no number, it is printed with the one that it has in the workspace.

    Returns:
        The report, and the files written.

    Raises:
        StoreError: no run has finished yet.
        UsageError: no day of the period in the data, a number that a report in this language has, no font, a file that
            exists, or a folder that cannot be written.
        WorkspaceError: something else is writing to the workspace.
    """
    refuse_existing(out, file_format, overwrite=overwrite)
    with workspace.lock():
        report = _next_issue(workspace, period, details, language=language, at=at, actor=actor)
        files = files_of(report.printed, file_format=file_format, out=out, fonts=fonts, overwrite=overwrite)
        after = {"period": period.name, "format": file_format, "replaces": report.replaces}
        Writer(workspace.store).enter(EntryDraft(at, actor, "issue", f"report:{report.number}", after=after))
        write(files | record_of(workspace, report))
    return report, list(files)


def reprint(
    workspace: Workspace,
    number: str,
    *,
    file_format: ReportFormat,
    out: Path,
    fonts: Path | None = None,
    overwrite: bool = False,
    before: Callable[[], object] = lambda: None,
) -> list[Path]:
    """Write an issued report again, from what was kept: whatever was run since, the same bytes with the same fonts.

    Raises:
        UsageError: no report of this number, or as `detection.report.writing.write_printed`.
    """
    report = issued_report(workspace, number)
    return write_printed(
        report.printed, file_format=file_format, out=out, fonts=fonts, overwrite=overwrite, before=before
    )


def _next_issue(
    workspace: Workspace, period: ReportPeriod, details: Details, *, language: str, at: str, actor: str
) -> IssuedReport:
    """The report, with what it changes against the issue before."""
    number, earlier = next_number(workspace, period.name), latest(workspace, period.name, language)
    shown = replace(details, number=details.number or number)
    refuse_taken(workspace, shown.number, language)
    with open_store(workspace) as reader:
        content = gather(reader, period)
    words = Words(language, content.districts)
    figures, alerts, origin = figures_of(content, words), alerts_of(content), origin_of(content)
    changed = [changes_section(earlier, changes(earlier, figures, alerts, origin), words)] if earlier else []
    return IssuedReport(
        number=number,
        replaces=earlier.number if earlier else "",
        at=at,
        actor=actor,
        details=shown,
        printed=printed(content, shown, language, changed),
        figures=figures,
        alerts=alerts,
        origin=origin,
    )
