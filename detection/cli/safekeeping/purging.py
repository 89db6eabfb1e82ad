"""``fundwatch purge``: what empties a workspace."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detection.cli.followup import WorkspaceFolder
from detection.cli.language.choice import in_terminal_language, say
from detection.cli.logs import purge_log
from detection.cli.terminal import actor, now, place
from features.errors import UsageError
from features.message import Message

if TYPE_CHECKING:
    from detection.store.purge import PurgePlan
    from detection.store.retention import Expiring
    from features.workspace import Workspace


def purge(
    workspace: WorkspaceFolder,
    keep: Annotated[int, typer.Option("--keep", min=1, help="How many of the newest runs stay.")] = 3,
    rules: Annotated[
        Path | None,
        typer.Option(
            "--rules",
            help="TOML file of your retention rules: evidence of alerts closed longer ago is deleted too.",
            exists=True,
        ),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Who ordered it; needed with --rules.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Remove the files of old runs and of data sets that no kept run uses.

    Alerts, and what people did to them, stay in the store. With --rules, the rows of evidence behind alerts that were
    closed, dismissed or expired long enough ago are deleted from it, and so are files of cases, and what was written
    about outside leads, that ended as long ago. What was deleted is entered in the audit log.
    """
    from detection.followup.audit.anchoring import anchor_as_configured
    from detection.store.purge import enter_purge, plan_purge, purge_workspace
    from detection.store.retention import expire, expiring, overwrite
    from features.workspace import open_workspace

    if rules is not None and not reason.strip():
        raise UsageError("Evidence is deleted for a reason only.", next_step='add --reason "…"')
    space = open_workspace(place(workspace))
    with space.lock():
        plan = plan_purge(space, keep=keep)
        old = None if rules is None else expiring(space.store, rules, dt.date.fromisoformat(now()[:10]))
        if not plan.folders and (old is None or old.empty):
            if old is not None:
                overwrite(space.store)  # what an earlier purge deleted, where it could not
            say(Message("Nothing to remove: the workspace holds no more than {keep:,} runs.", keep=keep))
            return
        _announce(space, plan, old)
        if not yes:
            typer.confirm(in_terminal_language(Message("This cannot be undone. Remove them?")), abort=True)
        if plan.folders:
            enter_purge(space, plan, actor=actor(), at=now())
            with purge_log(space.root):
                purge_workspace(plan)
        if old is not None and not old.empty:
            expire(space.store, old, actor=actor(), at=now(), reason=reason)
    anchor_as_configured(space)
    say(Message("Removed."))


def _announce(space: Workspace, plan: PurgePlan, old: Expiring | None) -> None:
    if plan.folders:
        say(
            Message(
                "Will remove {folders:,} folders, {size:,.1f} MB:",
                folders=len(plan.folders),
                size=plan.size / 1e6,
            )
        )
    for folder in plan.folders:
        typer.echo(f"  {folder.relative_to(space.root)}")
    if old is not None:
        say(
            Message(
                "Will delete {rows:,} rows of evidence of {alerts:,} alerts closed before {day}.",
                rows=old.rows,
                alerts=len(old.alerts),
                day=old.before,
            )
        )
    if old is not None and old.files:
        say(
            Message(
                "Will delete {files:,} files of cases that ended before {day}.",
                files=len(old.files),
                day=old.before,
            )
        )
    if old is not None and old.leads:
        say(
            Message(
                "Will delete what was written about {leads:,} outside leads that ended before {day}.",
                leads=len(old.leads),
                day=old.before,
            )
        )
