"""``fundwatch alerts``, ``explain`` and ``export``: what one does with alerts at a terminal."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detection.cli.terminal import actor, now

WorkspaceFolder = Annotated[
    Path, typer.Option("--workspace", help="Folder that keeps runs, models and alerts.")
]


class Language(StrEnum):
    """Language of titles and sentences."""

    en = "en"
    zh = "zh"


class What(StrEnum):
    """What is exported."""

    alerts = "alerts"
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
    parquet = "parquet"
    json = "json"


def alerts(
    workspace: WorkspaceFolder,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many.")] = 25,
    detector: Annotated[str | None, typer.Option("--detector", help="Only this detector's.")] = None,
    status: Annotated[
        str | None, typer.Option("--status", help="Only with this status (new, triaged, ...).")
    ] = None,
    language: Annotated[Language, typer.Option("--language", help="Of the titles.")] = Language.en,
) -> None:
    """List the alerts to look at first. Identities are masked."""
    from detection.cli.listing import print_alerts
    from features.workspace import open_workspace

    print_alerts(
        open_workspace(workspace), limit=limit, detector=detector, status=status, language=language.value
    )


def explain(
    alert_id: Annotated[str, typer.Argument(help="As `fundwatch alerts` shows it.")],
    workspace: WorkspaceFolder,
    language: Annotated[Language, typer.Option("--language", help="Of the sentences.")] = Language.en,
) -> None:
    """Say of one alert what was seen, what could explain it, on which rows and by which card."""
    from detection.cli.listing import print_explanation
    from features.workspace import open_workspace

    print_explanation(open_workspace(workspace), alert_id, language=language.value)


def export(
    what: Annotated[What, typer.Argument(help="alerts or scores.")],
    workspace: WorkspaceFolder,
    out: Annotated[Path, typer.Option("--out", help="File to write.")],
    file_format: Annotated[
        ExportFormat, typer.Option("--format", help="csv, parquet or json.")
    ] = ExportFormat.csv,
    kind: Annotated[Entity, typer.Option("--kind", help="Whose scores.")] = Entity.person,
    language: Annotated[Language, typer.Option("--language", help="Of titles and reasons.")] = Language.en,
    reveal_ids: Annotated[
        bool, typer.Option("--reveal-ids", help="Real ids; needs --reason; is recorded.")
    ] = False,
    reason: Annotated[str, typer.Option("--reason", help="Why the real ids are needed.")] = "",
) -> None:
    """Write alerts or scores to a file, as the data contract says.

    Ids are masked by a stable pseudonym unless --reveal-ids is given with a --reason.
    """
    from detection.export.export import export as write_export
    from features.workspace import open_workspace

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
    )
    typer.echo(f"{rows:,} {what.value} written to {out}")
