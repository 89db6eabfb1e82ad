"""``fundwatch alerts``, ``plan``, ``explain`` and ``export``: what one does with alerts at a terminal."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detection.cli.language.choice import Language, PrintLanguage, chosen
from detection.cli.terminal import actor, now

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


_WRITTEN_ROWS = {What.alerts: "alerts", What.evidence: "rows of evidence", What.scores: "scores"}

Detector = Annotated[str, typer.Option("--detector", help="Only this detector's.")]
Severity = Annotated[
    str, typer.Option("--severity", help="Only of this severity: watch, suspicious, highly_suspicious, ...")
]
AlertList = Annotated[
    str,
    typer.Option("--list", help="One list only: findings, patterns, agency, data; all of them as default."),
]
District = Annotated[str, typer.Option("--district", help="Only of this district; none: of no district.")]
Provider = Annotated[str, typer.Option("--provider", help="Only at this institution (pseudonym as listed).")]
Subject = Annotated[str, typer.Option("--subject", help="Only about this subject (pseudonym as listed).")]
First = Annotated[
    dt.datetime | None,
    typer.Option("--from", formats=["%Y-%m-%d"], help="Only with evidence on or after this day."),
]
Last = Annotated[
    dt.datetime | None,
    typer.Option("--to", formats=["%Y-%m-%d"], help="Only with evidence on or before this day."),
]
Search = Annotated[
    str, typer.Option("--text", help="Only with this text in title, institution or pseudonym.")
]


def alerts(
    workspace: WorkspaceFolder,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many.")] = 25,
    detector: Detector = "",
    status: Annotated[
        str, typer.Option("--status", help="Only with this status (new, triaged, ...); open ones as default.")
    ] = OPEN_ALERTS,
    severity: Severity = "",
    alert_list: AlertList = "all",
    district: District = "",
    provider: Provider = "",
    subject: Subject = "",
    first: First = None,
    last: Last = None,
    text: Search = "",
    language: PrintLanguage = None,
) -> None:
    """List the alerts to look at first. Identities are masked."""
    from detection.cli.alert_filters import alert_filters
    from detection.cli.listing import print_alerts
    from features.workspace import open_workspace

    filters = alert_filters(
        detector=detector,
        status=status,
        severity=severity,
        list=alert_list,
        district=district,
        provider=provider,
        subject=subject,
        start=_iso(first),
        end=_iso(last),
        text=text,
    )
    print_alerts(open_workspace(workspace), filters, limit=limit, language=chosen(language))


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

    print_plan(open_workspace(workspace), days, language=chosen(language))


def explain(
    alert_id: Annotated[str, typer.Argument(help="As `fundwatch alerts` shows it.")],
    workspace: WorkspaceFolder,
    language: PrintLanguage = None,
) -> None:
    """Say of one alert what was seen, what could explain it, on which rows and by which card."""
    from detection.cli.listing import print_explanation
    from features.workspace import open_workspace

    print_explanation(open_workspace(workspace), alert_id, language=chosen(language))


def export(
    what: Annotated[What, typer.Argument(help="alerts, evidence (the rows behind them) or scores.")],
    workspace: WorkspaceFolder,
    out: Annotated[Path, typer.Option("--out", help="File to write.")],
    file_format: Annotated[
        ExportFormat, typer.Option("--format", help="csv, xlsx, parquet or json.")
    ] = ExportFormat.csv,
    kind: Annotated[Entity, typer.Option("--kind", help="Whose scores.")] = Entity.person,
    detector: Detector = "",
    status: Annotated[
        str, typer.Option("--status", help="Only with this status, or open; every alert as default.")
    ] = "",
    severity: Severity = "",
    alert_list: AlertList = "all",
    district: District = "",
    provider: Provider = "",
    subject: Subject = "",
    first: First = None,
    last: Last = None,
    text: Search = "",
    language: Annotated[
        Language, typer.Option("--language", help="Language of titles and reasons.")
    ] = Language.en,
    reveal_ids: Annotated[
        bool, typer.Option("--reveal-ids", help="Real ids; needs --reason; is recorded.")
    ] = False,
    reason: Annotated[str, typer.Option("--reason", help="Why the real ids are needed.")] = "",
) -> None:
    """Write alerts, the rows behind them, or scores to a file, as the data contract says.

    For Excel: --format xlsx. Long ids stay whole there; Excel shortens those of a CSV file.
    Ids are masked by a stable pseudonym unless --reveal-ids is given with a --reason.
    """
    from detection.cli.alert_filters import alert_filters
    from detection.export.export import export as write_export
    from features.workspace import open_workspace

    filters = alert_filters(
        detector=detector,
        status=status,
        severity=severity,
        list=alert_list,
        district=district,
        provider=provider,
        subject=subject,
        start=_iso(first),
        end=_iso(last),
        text=text,
    )
    rows = write_export(
        open_workspace(workspace),
        what.value,
        kind=kind.value,
        file_format=file_format.value,
        out=out,
        reveal=reveal_ids,
        reason=reason,
        actor=actor(),
        at=now(),
        language=language.value,
        filters=filters,
    )
    typer.echo(f"{rows:,} {_WRITTEN_ROWS[what]} written to {out}")


def _iso(day: dt.datetime | None) -> str:
    return day.date().isoformat() if day else ""
