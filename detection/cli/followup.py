"""``fundwatch alerts``, ``plan``, ``explain`` and ``export``: what one does with alerts at a terminal."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detection.cli.alert_filters import with_alert_filters
from detection.cli.language.choice import Language, PrintLanguage, chosen, say
from detection.cli.terminal import actor, now, place, terminal_actor
from features.message import Message

if TYPE_CHECKING:
    from detection.store.queries import Filters

WorkspaceFolder = Annotated[
    Path, typer.Option("--workspace", help="Folder that keeps runs, models and alerts.")
]

OPEN_ALERTS = "open"


class What(StrEnum):
    """What is exported."""

    alerts = "alerts"
    evidence = "evidence"
    scores = "scores"


class Entity(StrEnum):
    """Whose scores."""

    person = "person"
    provider = "provider"
    payer_account = "payer_account"
    prescriber = "prescriber"
    operator = "operator"
    employer = "employer"
    group = "group"


class ExportFormat(StrEnum):
    """How the file is written."""

    csv = "csv"
    xlsx = "xlsx"
    parquet = "parquet"
    json = "json"


class Headings(StrEnum):
    """What stands above the columns of a file."""

    machine = "machine"
    en = "en"
    zh = "zh"


_WRITTEN_ROWS = {
    What.alerts: Message("alerts"),
    What.evidence: Message("rows of evidence"),
    What.scores: Message("scores"),
}


@with_alert_filters(
    status=OPEN_ALERTS, status_help="Only with this status (new, triaged, ...); open ones as default."
)
def alerts(
    workspace: WorkspaceFolder,
    filters: Filters,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many.")] = 25,
    language: PrintLanguage = None,
) -> None:
    """List the alerts to look at first. Identities are masked."""
    from detection.cli.listing import print_alerts
    from features.workspace import open_workspace

    print_alerts(open_workspace(place(workspace)), filters, limit=limit, language=chosen(language))


def plan(
    workspace: WorkspaceFolder,
    days: Annotated[int, typer.Option("--days", min=1, help="Inspection days at hand.")],
    language: PrintLanguage = None,
) -> None:
    """List the institutions to inspect within some days: the surest money first. Identities are masked.

    Alerts are bundled by institution, and a settlement counts once.
    """
    from detection.cli.inspection_table import print_plan
    from features.workspace import open_workspace

    print_plan(open_workspace(place(workspace)), days, language=chosen(language))


def explain(
    alert_id: Annotated[str, typer.Argument(help="As `fundwatch alerts` shows it.")],
    workspace: WorkspaceFolder,
    language: PrintLanguage = None,
    pdf: Annotated[
        Path | None, typer.Option("--pdf", help="Write it as PDF with all of its evidence to this file.")
    ] = None,
) -> None:
    """Say of one alert what was seen, what could explain it, on which rows and by which card."""
    from detection.cli.listing import print_explanation
    from features.workspace import open_workspace

    if pdf is not None:
        from detection.cli.disclosing.writing import write_whole
        from detection.followup.papers import alert_pdf

        content = alert_pdf(
            place(workspace), alert_id, language=chosen(language), actor=terminal_actor(), at=now()
        )
        write_whole({pdf: content})
        say(Message("written: {file}", file=pdf))
        return
    print_explanation(open_workspace(place(workspace)), alert_id, language=chosen(language))


@with_alert_filters(status="", status_help="Only with this status, or open; every alert as default.")
def export(
    what: Annotated[What, typer.Argument(help="alerts, evidence (the rows behind them) or scores.")],
    workspace: WorkspaceFolder,
    filters: Filters,
    out: Annotated[Path, typer.Option("--out", help="File to write.")],
    file_format: Annotated[
        ExportFormat, typer.Option("--format", help="csv, xlsx, parquet or json.")
    ] = ExportFormat.csv,
    kind: Annotated[Entity, typer.Option("--kind", help="Whose scores.")] = Entity.person,
    language: Annotated[
        Language, typer.Option("--language", help="Language of titles and reasons.")
    ] = Language.en,
    headings: Annotated[
        Headings,
        typer.Option("--headings", help="Headings of CSV and Excel: zh, en, or machine names for programs."),
    ] = Headings.machine,
    reveal_ids: Annotated[
        bool, typer.Option("--reveal-ids", help="Real ids; needs --reason; is recorded.")
    ] = False,
    reason: Annotated[str, typer.Option("--reason", help="Why the real ids are needed.")] = "",
) -> None:
    """Write alerts, the rows behind them, or scores to a file, as the data contract says.

    For Excel: --format xlsx. Long ids stay whole there; Excel shortens those of a CSV file.
    Ids are masked by a stable pseudonym unless --reveal-ids is given with a --reason; where the workspace has users,
    another one approves it first: fundwatch request. Each file has a mark and a number, and the audit log its hash.
    """
    from detection.followup.unmasked import FileRequest, export_file

    wanted = FileRequest(
        what.value,
        file_format.value,
        out,
        kind=kind.value,
        language=language.value,
        headed="" if headings is Headings.machine else headings.value,
        filters=filters,
    )
    rows = export_file(place(workspace), wanted, account=actor(), at=now(), reveal=reveal_ids, reason=reason)
    say(Message("{rows:,} {kind} written to {file}", rows=rows, kind=_WRITTEN_ROWS[what], file=out))
