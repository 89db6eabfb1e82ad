"""Reports that are no issue yet: taken with a mark, and recorded before they are written."""

from __future__ import annotations

from pathlib import Path

from detection.export.recorded import Recorded
from detection.report.content import gather
from detection.report.options import Details
from detection.report.period import ReportPeriod
from detection.report.writing import (
    ReportFormat,
    files_of,
    printed,
    refuse_existing,
    refuse_unprintable,
    write,
)
from detection.store.queries.reader import open_store
from features.workspace import Workspace

_WHAT = "report"


def take_report(
    workspace: Workspace,
    period: ReportPeriod,
    details: Details,
    *,
    language: str,
    file_format: ReportFormat,
    out: Path,
    actor: str,
    at: str,
    fonts: Path | None = None,
    overwrite: bool = False,
) -> list[Path]:
    """Write the report on the run that readers see, with the mark of this export on it and on its annex.

    Args:
        workspace: where the run is.
        period: what the report is about.
        details: who issues it, for whom, when.
        language: ``en`` or ``zh``.
        file_format: ``pdf`` or ``docx`` for the report with the annex next to it, ``xlsx`` for the annex alone.
        out: the file; the annex of ``report.pdf`` is ``report-annex.xlsx``.
        actor: who takes it.
        at: ISO time.
        fonts: a folder of fonts for the PDF, in addition to the system's.
        overwrite: whether files that exist are replaced.

    Returns:
        The files written.

    Raises:
        StoreError: no run has finished yet, or the record cannot be written.
        UsageError: no day of the period in the data, no font, a file that exists, or a folder that cannot be written.
    """
    refuse_existing(out, file_format, overwrite=overwrite)
    with open_store(workspace) as reader:
        content = gather(reader, period)
    report = printed(content, details, language)
    refuse_unprintable(report, file_format=file_format, fonts=fonts)  # and so not recorded as taken
    recorded = Recorded(workspace, actor, "", at)
    rows = sum(len(sheet.rows) for sheet in report.sheets)
    mark = recorded.begin(_WHAT, period.name, file_format, rows)
    marked = files_of(
        report,
        file_format=file_format,
        out=out,
        fonts=fonts,
        overwrite=overwrite,
        mark=mark.text(language),
    )
    for each in marked.values():
        recorded.end(mark, _WHAT, each)
    write(marked)
    return list(marked)
