"""The issued reports of a workspace: one file each, written once and never changed.

::

    WS/reports/2024-Q2-1.json
"""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from detection.report.issued.record import IssuedReport
from features.errors import UsageError, WorkspaceError
from features.workspace import Workspace

_REPORT = TypeAdapter(IssuedReport)
_NUMBER = re.compile(r"(?P<period>\d{4}(?:-(?:\d\d|Q\d|H\d))?)-(?P<issue>\d+)")


def issued_reports(workspace: Workspace) -> list[IssuedReport]:
    """Every issued report by period and issue.

    Raises:
        WorkspaceError: a file that cannot be read.
    """
    paths = [path for path in workspace.reports.glob("*.json") if _NUMBER.fullmatch(path.stem)]
    return [_read(path) for path in sorted(paths, key=lambda path: _order(path.stem))]


def issued_report(workspace: Workspace, number: str) -> IssuedReport:
    """An issued report by its number in the workspace, or by the one that its body gave it.

    Raises:
        UsageError: there is none of this number.
        WorkspaceError: its file cannot be read.
    """
    reports = issued_reports(workspace)
    for report in reports:
        if number in (report.number, report.details.number):
            return report
    raise UsageError(
        "There is no issued report {number!r}.",
        next_step="list them: fundwatch report --workspace WS --list",
        number=number,
    )


def latest(workspace: Workspace, period: str, language: str) -> IssuedReport | None:
    """The last issue for a period in a language; None where there is none."""
    own = [
        each
        for each in issued_reports(workspace)
        if (each.printed.period, each.printed.language) == (period, language)
    ]
    return own[-1] if own else None


def refuse_taken(workspace: Workspace, number: str, language: str) -> None:
    """Refuse a number under which a report was issued in this language.

    Raises:
        UsageError: there is one.
    """
    for report in issued_reports(workspace):
        if number in (report.number, report.details.number) and report.printed.language == language:
            raise UsageError(
                "The number {number!r} is that of a report already issued, {issued}.",
                next_step="give another number, or none",
                number=number,
                issued=report.number,
            )


def next_number(workspace: Workspace, period: str) -> str:
    """The number of the next issue for a period."""
    issues = [
        int(number["issue"])
        for path in workspace.reports.glob("*.json")
        if (number := _NUMBER.fullmatch(path.stem)) and number["period"] == period
    ]
    return f"{period}-{max(issues, default=0) + 1}"


def record_of(workspace: Workspace, report: IssuedReport) -> dict[Path, bytes]:
    """The file that keeps an issued report; call it, and write the file, with the workspace locked.

    Raises:
        UsageError: a report of this number exists.
        WorkspaceError: the folder cannot be made.
    """
    path = workspace.reports / f"{report.number}.json"
    if path.exists():
        raise UsageError(
            "Report {number} has been issued and is not replaced.",
            next_step="issue it again: it gets a new number",
            number=report.number,
        )
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise WorkspaceError(
            "The issued report could not be kept.",
            where=f"{path.parent}: {error.strerror}",
            next_step="see that the folder is writable and has space, then issue it again",
        ) from None
    return {path: _REPORT.dump_json(report, indent=1)}


def _read(path: Path) -> IssuedReport:
    try:
        return _REPORT.validate_json(path.read_bytes())
    except (OSError, ValidationError):
        raise WorkspaceError(
            "The issued report {number} cannot be read.",
            where=str(path),
            next_step="restore it from a backup",
            number=path.stem,
        ) from None


def _order(number: str) -> tuple[str, int]:
    period, _, issue = number.rpartition("-")
    return period, int(issue)
