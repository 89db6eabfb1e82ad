"""``fundwatch case file``, ``files`` and ``file-get``: files of leads and cases."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detection.cli.casework.acting import CaseRole, acting
from detection.cli.casework.commands import CaseId, InRole, WorkspaceFolder
from detection.cli.language.choice import PrintLanguage, chosen, say
from detection.cli.language.help_page import Command
from detection.cli.terminal import now, place
from features.errors import UsageError
from features.message import Message


def add_file(
    case_id: CaseId,
    path: Annotated[Path, typer.Argument(help="The file.", exists=True, dir_okay=False)],
    workspace: WorkspaceFolder,
    about: Annotated[str, typer.Option("--about", help="What it is.")] = "",
    role: InRole = CaseRole.inspector,
) -> None:
    """Keep a file of a lead or a case in the store; its hash is printed, and in the audit log."""
    from detection.followup.casework.files import NewFile
    from detection.followup.casework.files import add_file as add

    file = NewFile(path.name, path.read_bytes(), about)
    who = acting(workspace, role, "add_file", f"case:{case_id}")
    filed = add(place(workspace), case_id, file, actor=who, at=now())
    say(
        Message(
            "file {number} added to {case_id}: SHA-256 {sha256}",
            number=filed.document_id,
            case_id=case_id,
            sha256=filed.sha256,
        )
    )


def files(case_id: CaseId, workspace: WorkspaceFolder, language: PrintLanguage = None) -> None:
    """List the files of a lead or a case."""
    from detection.cli.casework.printing_tools import print_files
    from features.workspace import open_workspace

    print_files(open_workspace(place(workspace)), case_id, language=chosen(language))


def get_file(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As `fundwatch case files` shows it.")],
    workspace: WorkspaceFolder,
    out: Annotated[Path, typer.Option("--out", help="New file to write.")],
    role: InRole = CaseRole.inspector,
) -> None:
    """Write a file of a lead or a case to a new file; who took it is entered in the audit log."""
    from detection.cli.disclosing.writing import write_whole
    from detection.followup.casework.files import read_file
    from features.workspace.owned import refuse_owned

    refuse_owned(out)  # before it is entered in the audit log that the file was taken
    if out.exists():
        raise UsageError(
            "The file {file} exists and is not replaced.", next_step="name another file", file=out
        )
    who = acting(workspace, role, "download_file", f"file:{number}")
    _, content = read_file(place(workspace), number, actor=who, at=now())
    write_whole({out: content})
    say(Message("file {number} written to {path}", number=number, path=out))


def add_commands(app: typer.Typer) -> None:
    """Put the commands of this file into the group."""
    app.command("file", cls=Command)(add_file)
    app.command("files", cls=Command)(files)
    app.command("file-get", cls=Command)(get_file)
