"""``fundwatch report``: the periodic report, and the reports that were issued."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detection.cli.followup import WorkspaceFolder
from detection.cli.language.choice import Language, say
from detection.cli.terminal import actor, now, place
from features.errors import UsageError
from features.message import Message

if TYPE_CHECKING:
    from features.workspace import Workspace


class ReportFormat(StrEnum):
    """How the report is written."""

    pdf = "pdf"
    docx = "docx"
    xlsx = "xlsx"


def report(
    workspace: WorkspaceFolder,
    period: Annotated[
        str | None,
        typer.Option(
            "--period", help="A month, quarter, half year or year: 2024-06, 2024-Q3, 2024-H1, 2024."
        ),
    ] = None,
    language: Annotated[Language, typer.Option("--language", help="Language of the report.")] = Language.zh,
    file_format: Annotated[
        ReportFormat,
        typer.Option("--format", help="pdf or docx with the annex next to it; xlsx: the annex alone."),
    ] = ReportFormat.pdf,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="File to write (default: report-PERIOD-LANGUAGE.FORMAT here)."),
    ] = None,
    issuer: Annotated[str, typer.Option("--issuer", help="Body that issues the report.")] = "",
    addressee: Annotated[str, typer.Option("--addressee", help="For whom the report is.")] = "",
    number: Annotated[str, typer.Option("--number", help="Number of the document, as the body counts.")] = "",
    date: Annotated[
        str | None,
        typer.Option("--date", help="Date of the report, for example 2024-07-15; today as default."),
    ] = None,
    issue: Annotated[
        bool, typer.Option("--issue", help="Keep the report in the workspace under a number, unchangeable.")
    ] = False,
    reprint: Annotated[
        str | None,
        typer.Option("--reprint", help="Number of an issued report to print again, to the same bytes."),
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="List the issued reports.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace files that exist.")] = False,
    fonts: Annotated[
        Path | None,
        typer.Option(
            "--fonts", help="Folder of fonts for the PDF, in addition to the system's.", exists=True
        ),
    ] = None,
) -> None:
    """Write the periodic report: conclusions, what to decide, and the findings behind them; with an Excel annex.

    Example: fundwatch report --workspace ws --period 2024-Q3 --issuer "市医疗保障局" --issue

    Money is that of the period by the day of each settlement, by kind; compared with the period before and with the
    same period a year before. The annex has every alert. Institutions are named; other ids are masked.

    An issued report is kept with its figures. Printed again, it has the same bytes, whatever was run since: fundwatch
    report --workspace ws --reprint 2024-Q3-1. Issued again, the period gets a new number, and the report lists each
    figure that changed, and why.
    """
    from detection.audit.entry import EntryDraft
    from detection.followup.audit.entering import enter, logged
    from features.workspace import open_workspace

    space = open_workspace(place(workspace))
    _refuse_together(period=period is not None, reprint=reprint is not None, listing=listing)
    if listing:
        _list(space)
        return
    at, who = now(), actor()
    if reprint is not None:
        from detection.report.issued.issuing import reprint as print_again

        target = out or Path(f"report-{reprint}.{file_format.value}")
        request = EntryDraft(at, who, "report", f"report:{reprint}", after={"format": file_format.value})
        with logged(space, request):
            files = print_again(
                space,
                reprint,
                file_format=file_format.value,
                out=target,
                fonts=fonts,
                overwrite=overwrite,
                before=lambda: enter(space, request),
            )
        _say_written(files)
        return
    from detection.report.options import Details
    from detection.report.period import report_period

    requested = report_period(period or "")
    details = Details(_day(date) if date else at[:10], issuer, addressee, number)
    target = out or Path(f"report-{requested.name}-{language.value}.{file_format.value}")
    request = EntryDraft(
        at,
        who,
        "issue" if issue else "report",
        f"period:{requested.name}",
        after={"format": file_format.value},
    )
    with logged(space, request):
        if issue:
            from detection.report.issued.issuing import issue as issue_report

            kept, files = issue_report(
                space,
                requested,
                details,
                language=language.value,
                at=at,
                actor=who,
                file_format=file_format.value,
                out=target,
                fonts=fonts,
                overwrite=overwrite,
            )
            say(Message("issued under number {number}", number=kept.number))
        else:
            from detection.followup.reports import take_report

            files = take_report(
                space,
                requested,
                details,
                language=language.value,
                file_format=file_format.value,
                out=target,
                actor=who,
                at=at,
                fonts=fonts,
                overwrite=overwrite,
            )
    _say_written(files)


def _refuse_together(*, period: bool, reprint: bool, listing: bool) -> None:
    if period + reprint + listing != 1:
        raise UsageError(
            "A report needs exactly one of --period, --reprint and --list.",
            next_step="name a period, for example: --period 2024-Q3",
        )


def _day(text: str) -> str:
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(
            "{text!r} is not a date.", next_step="write it as 2024-07-15: --date 2024-07-15", text=text
        ) from None


def _list(space: Workspace) -> None:
    from detection.report.issued.registry import issued_reports

    reports = issued_reports(space)
    if not reports:
        say(Message("no report has been issued in this workspace"))
    for report in reports:
        say(
            Message(
                "{number}  {date}  {language}  {document}  issued by {actor} at {at}",
                number=report.number,
                date=report.details.date,
                language=report.printed.language,
                document=report.details.number,
                actor=report.actor,
                at=report.at,
            )
        )


def _say_written(files: list[Path]) -> None:
    for file in files:
        say(Message("written: {file}", file=file))
