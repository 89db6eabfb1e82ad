"""``fundwatch report``: the short periodic report for a meeting."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detection.cli.followup import WorkspaceFolder
from detection.cli.language.choice import Language, say
from features.message import Message


class ReportFormat(StrEnum):
    """How the report is written."""

    pdf = "pdf"
    docx = "docx"
    xlsx = "xlsx"


def report(
    workspace: WorkspaceFolder,
    period: Annotated[
        str,
        typer.Option(
            "--period", help="A month, quarter, half year or year: 2024-06, 2024-Q3, 2024-H1, 2024."
        ),
    ],
    language: Annotated[Language, typer.Option("--language", help="Language of the report.")] = Language.zh,
    file_format: Annotated[
        ReportFormat,
        typer.Option("--format", help="pdf or docx with the annex next to it; xlsx: the annex alone."),
    ] = ReportFormat.pdf,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="File to write (default: report-PERIOD-LANGUAGE.FORMAT here)."),
    ] = None,
    fonts: Annotated[
        Path | None,
        typer.Option(
            "--fonts", help="Folder of fonts for the PDF, in addition to the system's.", exists=True
        ),
    ] = None,
) -> None:
    """Write the short periodic report: three pages for a meeting, and an Excel annex with the tables in full.

    Example: fundwatch report --workspace ws --period 2024-Q3 --language zh --format pdf

    Alerts by type and district, amounts at issue of the pooled fund and of personal accounts apart, ten institutions,
    indicators with their change, what came in, what could not be assessed, and what makes the report repeatable.
    Institutions are named, people never.
    """
    from detection.report.period import report_period
    from detection.report.writing import write_report
    from features.workspace import open_workspace

    requested = report_period(period)
    target = out or Path(f"report-{requested.name}-{language.value}.{file_format.value}")
    written = write_report(
        open_workspace(workspace),
        requested,
        language=language.value,
        file_format=file_format.value,
        out=target,
        fonts=fonts,
    )
    for file in written:
        say(Message("written: {file}", file=file))
