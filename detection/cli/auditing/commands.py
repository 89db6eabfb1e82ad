"""``fundwatch audit verify``, ``show``, ``ship`` and ``anchor``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from detection.cli.followup import WorkspaceFolder
from detection.cli.language.choice import say
from detection.cli.language.help_page import Command, Group
from detection.cli.terminal import actor, now, place
from features.errors import IntegrityError, UsageError
from features.message import Message

app = typer.Typer(
    cls=Group,
    no_args_is_help=True,
    help=(
        "The log of everything that was done: who, what, when, why, before and after.\n\n"
        "Each entry holds the hash of the one before, so that no entry can be changed unseen. "
        "Anchor the head outside the workspace: without that, its end can be cut off unseen."
    ),
)

_DAY = ["%Y-%m-%d"]


@app.command("verify", cls=Command)
def verify(
    workspace: WorkspaceFolder,
    anchor: Annotated[
        Path | None,
        typer.Option("--anchor", help="File of anchored heads; the configured one as default.", exists=True),
    ] = None,
    shipped: Annotated[
        Path | None,
        typer.Option("--shipped", help="Shipped copy to compare with; names the fields.", exists=True),
    ] = None,
) -> None:
    """Read the whole log and name the first entry that was altered, removed, inserted or reordered.

    Example: fundwatch audit verify --workspace ws --anchor /mnt/archive/heads.jsonl

    With anchors it also names a log that was made again, or whose end was cut off. Histories of alerts, reveals and
    exports are compared with their entries. Exit code 0 when nothing is wrong, 9 when something is.
    """
    from detection.followup.audit.verifying import verify_log
    from features.workspace import open_workspace

    space = open_workspace(place(workspace))
    verified = verify_log(space, actor=actor(), at=now(), anchors=anchor, copy=shipped)
    if verified.fault is not None:
        raise IntegrityError(
            "The audit log has been changed.",
            next_step="keep the workspace as it is, and compare it with a backup and with what was shipped",
            problems=[verified.fault.what],
        )
    say(
        Message(
            "The audit log is whole: {entries:,} entries; anchors that agree: {anchors:,}.",
            entries=verified.entries,
            anchors=verified.anchors,
        )
    )
    if verified.head is not None:
        say(Message("head: {number:,} {hash}", number=verified.head.number, hash=verified.head.hash))
    if not verified.anchors:
        say(Message("No anchor was compared: a log whose end was cut off looks the same."))


@app.command("show", cls=Command)
def show(
    workspace: WorkspaceFolder,
    since: Annotated[
        dt.datetime | None, typer.Option("--from", formats=_DAY, help="From this day on.")
    ] = None,
    until: Annotated[
        dt.datetime | None, typer.Option("--to", formats=_DAY, help="Until this day, with it.")
    ] = None,
    by: Annotated[str, typer.Option("--actor", help="Only what this account did.")] = "",
    action: Annotated[str, typer.Option("--action", help="Only this: dismiss, reveal, run, ...")] = "",
    about: Annotated[
        str, typer.Option("--object", help="Only about this: alert:A-..., identity:P-..., or a kind: alert.")
    ] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many, the newest first.")] = 50,
) -> None:
    """List entries of the log, the newest first.

    Example: fundwatch audit show --workspace ws --action reveal --from 2026-01-01
    """
    from detection.cli.auditing.printing import print_entries
    from detection.store.queries import open_store
    from detection.store.queries.audit.pages import LogFilters, count, page
    from features.workspace import open_workspace

    filters = LogFilters(_day(since), _day(until), by, action, about)
    with open_store(open_workspace(place(workspace))) as reader:
        shown, total = page(reader, filters, size=limit), count(reader, filters)
    print_entries(shown)
    say(Message("{shown:,} of {total:,} entries", shown=len(shown), total=total))


@app.command("ship", cls=Command)
def ship(
    workspace: WorkspaceFolder,
    out: Annotated[Path, typer.Option("--out", help="File of JSON lines; one that exists is continued.")],
    first: Annotated[int, typer.Option("--from", min=1, help="Entry with which a new file begins.")] = 1,
) -> None:
    """Append the entries that a file does not have yet, one JSON object a line.

    Example: fundwatch audit ship --workspace ws --out /var/log/fundwatch/audit.jsonl

    May be repeated as often as one likes, and stopped at any moment: no entry is written twice or left out.
    """
    from detection.followup.audit.shipping import ship as ship_log
    from features.workspace import open_workspace
    from features.workspace.owned import refuse_owned

    refuse_owned(out)
    shipped = ship_log(open_workspace(place(workspace)), out, first=first)
    say(Message("{entries:,} entries written to {file}", entries=shipped, file=out))


@app.command("anchor", cls=Command)
def anchor(
    workspace: WorkspaceFolder,
    to: Annotated[Path | None, typer.Option("--to", help="File that the head is appended to, once.")] = None,
    always_to: Annotated[
        Path | None,
        typer.Option(
            "--always-to", help="File, by its absolute path, that every head is appended to from now on."
        ),
    ] = None,
    always_run: Annotated[
        Path | None,
        typer.Option(
            "--always-run",
            help="Program, by its absolute path, that is given every head on its standard input from now on.",
        ),
    ] = None,
    never: Annotated[bool, typer.Option("--never", help="Configure neither any more.")] = False,
) -> None:
    """Note the head of the log outside the workspace: its number, hash and time.

    Example: fundwatch audit anchor --workspace ws --always-to /mnt/archive/heads.jsonl

    The file belongs where the accounts of the workspace cannot change it: on another machine, on a medium written
    once. Configured with --always-to or --always-run, each command and each act on the screens anchors by itself.
    """
    from detection.followup.audit.anchoring import anchor_as_configured, anchor_to, configure
    from features.workspace import open_workspace
    from features.workspace.owned import refuse_owned

    if not (to or always_to or always_run or never):
        raise UsageError(
            "Where is the head anchored?", next_step="name a file: --to FILE, or for always: --always-to FILE"
        )
    space = open_workspace(place(workspace))
    refuse_owned(*filter(None, (to, always_to)))
    if always_to or always_run or never:
        configure(space, file=always_to, program=always_run, actor=actor(), at=now())
        problem = anchor_as_configured(space)
        if problem is None:
            say(Message("The settings of the anchor are kept."))
    if to is not None:
        head, added = anchor_to(space, to)
        if added:
            say(Message("anchored: {number:,} {hash}", number=head.number, hash=head.hash))
        else:
            say(Message("anchored already: {number:,} {hash}", number=head.number, hash=head.hash))


def _day(day: dt.datetime | None) -> str:
    return day.date().isoformat() if day else ""
