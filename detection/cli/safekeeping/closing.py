"""``fundwatch secure``: close a workspace to the other accounts of the machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detection.cli.language.choice import say
from features.message import Message

ENVIRONMENT = "FUNDWATCH_KEY"
KeyFile = Annotated[
    Path | None,
    typer.Option(
        "--key",
        envvar=ENVIRONMENT,
        help="File outside the workspace that keeps its pseudonym key; made with a new workspace, and remembered.",
    ),
]


def secure(
    workspace: Annotated[
        Path, typer.Option("--workspace", help="Folder that keeps runs, models and alerts.")
    ],
    key: Annotated[
        Path | None, typer.Option("--key", help="Where the pseudonym key is now, after it was moved.")
    ] = None,
) -> None:
    """Close a workspace to all other accounts of this machine: folders 0700, files 0600.

    A workspace of an earlier version opens after it.
    """
    from features.workspace.opening import secure_workspace

    done = secure_workspace(workspace, key)
    say(
        Message(
            "The workspace is closed to others: {folders:,} folders and {files:,} files were open.",
            folders=done.folders,
            files=done.files,
        )
    )
