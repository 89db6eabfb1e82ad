"""``fundwatch backup``, ``restore`` and ``verify``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detection.cli.followup import WorkspaceFolder
from detection.cli.language.choice import say
from detection.cli.terminal import actor, now, place
from features.errors import UsageError, WorkspaceError
from features.message import Message, verbatim


def backup(
    workspace: WorkspaceFolder,
    out: Annotated[Path, typer.Option("--out", help="Archive to write; a new file.")],
    key_out: Annotated[
        Path | None,
        typer.Option(
            "--key-out", help="New file for a copy of the pseudonym key, which the archive never holds."
        ),
    ] = None,
    without_key: Annotated[
        bool, typer.Option("--without-key", help="The pseudonym key is kept elsewhere already.")
    ] = False,
) -> None:
    """Save a workspace as one archive with the hash of every file, while people work.

    The pseudonym key is saved apart: keep it at another place than the archive. Without it, nobody can restore the
    workspace with the same pseudonyms.

    Example: fundwatch backup --workspace ws --out ws.tar --key-out ws.key
    """
    from detection.audit.entry import EntryDraft
    from detection.backup.saving import save
    from detection.followup.audit.anchoring import anchor_as_configured
    from detection.followup.audit.entering import enter
    from features.workspace import open_workspace

    if (key_out is None) is not without_key:
        raise UsageError(
            "Where is the pseudonym key kept?",
            next_step="save a copy with --key-out FILE, or say that there is one with --without-key",
        )
    space = open_workspace(place(workspace))
    after: dict[str, str | int] = {"file": out.name, "with_key": key_out is not None}
    with space.lock():
        enter(space, EntryDraft(now(), actor(), "backup", "workspace", after=after))
        done = save(space, out, key_out=key_out)
    anchor_as_configured(space)
    say(
        Message(
            "{files:,} files, {size:,.1f} MB saved to {file}",
            files=done.files,
            size=done.size / 1e6,
            file=out,
        )
    )
    if key_out is not None:
        say(Message("The pseudonym key is in {file}: keep it at another place.", file=key_out))


def restore(
    archive: Annotated[Path, typer.Option("--archive", help="Backup to restore.", exists=True)],
    workspace: Annotated[Path, typer.Option("--workspace", help="New or empty folder.")],
    key: Annotated[
        Path, typer.Option("--key", help="The copy of the pseudonym key that was saved.", exists=True)
    ],
) -> None:
    """Make a workspace from a backup, after a comparison of every file with its hash.

    Everybody signs in anew, and anchors of the audit log are configured anew.

    Example: fundwatch restore --archive ws.tar --key ws.key --workspace restored
    """
    from detection.audit.entry import EntryDraft
    from detection.backup.restoring import enter_restoring
    from detection.backup.restoring import restore as restore_workspace
    from features.workspace import open_workspace

    where = place(workspace)
    restore_workspace(archive, where, key=key)
    draft = EntryDraft(now(), actor(), "restore", "workspace", after={"file": archive.name})
    enter_restoring(open_workspace(where), draft)
    say(Message("Restored to {folder}", folder=workspace))
    say(
        Message("Anchors of the audit log are not restored: configure them anew with fundwatch audit anchor.")
    )


def verify(
    workspace: Annotated[
        Path | None, typer.Option("--workspace", help="Folder that keeps runs, models and alerts.")
    ] = None,
    archive: Annotated[
        Path | None, typer.Option("--archive", help="Backup to look at instead.", exists=True)
    ] = None,
) -> None:
    """Compare a workspace, or a backup, with the hashes that it carries: rights, key, databases and every file.

    Ends with code 6 where something is missing or was changed, and names it.
    """
    if (workspace is None) is (archive is None):
        raise UsageError("Name a workspace or an archive.", next_step="for example --workspace WS")
    if archive is not None:
        from detection.backup.restoring import damaged_members

        _refuse(archive, [verbatim(name) for name in damaged_members(archive)])
        say(Message("The backup is as it was made."))
    if workspace is not None:
        from detection.backup.checking import verify as verify_workspace
        from features.workspace import open_workspace

        seen = verify_workspace(open_workspace(place(workspace)))
        _refuse(workspace, seen.problems)
        say(Message("Unchanged: key, databases, {folders:,} folders.", folders=seen.folders))
        if seen.without_hashes:
            names = ", ".join(seen.without_hashes)
            say(Message("Of an earlier version, without hashes: {names}", names=names))


def _refuse(what: Path, problems: list[Message] | tuple[Message, ...]) -> None:
    if problems:
        raise WorkspaceError(
            "Something is missing or was changed.",
            where=str(what),
            next_step="restore it from a backup: fundwatch restore",
            problems=problems,
        )
