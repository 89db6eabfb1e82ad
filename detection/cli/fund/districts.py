"""``fundwatch districts``: what the fund calls its districts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detection.cli.followup import WorkspaceFolder
from detection.cli.language.choice import say
from detection.cli.terminal import place
from features.message import Message


def districts(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="CSV file with the columns code, name and, if wanted, name_en."),
    ],
    workspace: WorkspaceFolder,
) -> None:
    """Keep a fund's own names of districts in its workspace: screens, reports and exports use them from then on.

    They take the place of names that were given before. A district without a name is shown by its code.

    Example: fundwatch districts names.csv --workspace ws
    """
    from detection.language.districts import as_file, read_names
    from features.files import write_text
    from features.workspace import open_workspace

    names = read_names(file)
    space = open_workspace(place(workspace))
    with space.lock():
        write_text(space.districts, as_file(names))
    say(Message("{count:,} names of districts are kept in the workspace.", count=len(names)))
