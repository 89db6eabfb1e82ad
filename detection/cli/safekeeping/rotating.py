"""``fundwatch key rotate``: another pseudonym key."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detection.cli.followup import WorkspaceFolder
from detection.cli.language.choice import say
from detection.cli.language.help_page import Command, Group
from detection.cli.terminal import actor, now, place
from features.message import Message

app = typer.Typer(cls=Group, no_args_is_help=True, help="The pseudonym key of a workspace.")


@app.callback()
def _group() -> None:
    """Let the group have one command without becoming it."""


@app.command("rotate", cls=Command)
def rotate(
    workspace: WorkspaceFolder,
    reason: Annotated[str, typer.Option("--reason", help="Why; it is entered in the audit log.")],
    old_key_out: Annotated[
        Path | None,
        typer.Option(
            "--old-key-out", help="New file for the old key; without it, older backups cannot be restored."
        ),
    ] = None,
) -> None:
    """Give a workspace another pseudonym key, for instance after the old one leaked.

    Every pseudonym changes. Those that the history names are mapped once, so that reveals, the audit log and old
    addresses still lead to the same ids. Alerts keep their numbers. A command that was stopped goes on when it is
    started again. Make a backup before, and one with the new key after it.
    """
    from detection.followup.rotating import rotate_key

    done = rotate_key(place(workspace), reason=reason, actor=actor(), at=now(), old_key_out=old_key_out)
    say(
        Message(
            "The workspace has another key ({after}): pseudonyms of its history that were mapped: {mapped:,}; "
            "of ids that it does not know any more: {unknown:,}.",
            after=done.after,
            mapped=done.mapped,
            unknown=done.unknown,
        )
    )
