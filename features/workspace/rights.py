"""Who may read a workspace: its owner alone."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from features.errors import WorkspaceError

OWNER_FOLDER = 0o700
OWNER_FILE = 0o600
OTHERS = 0o077
"""What the group and all other accounts of the machine may do."""


@dataclass(frozen=True)
class Secured:
    """What was tightened.

    Attributes:
        folders, files: how many had other rights before.
    """

    folders: int
    files: int


def open_to_others(path: Path) -> bool:
    """Whether other accounts than the owner may do anything with a file or folder; never on Windows."""
    return os.name == "posix" and bool(path.stat().st_mode & OTHERS)


def refuse_open(root: Path) -> None:
    """Refuse a workspace that other accounts may enter.

    Raises:
        WorkspaceError: they may.
    """
    if open_to_others(root):
        raise WorkspaceError(
            "Other accounts of this machine can read this workspace.",
            where=str(root),
            next_step="close it to them: fundwatch secure --workspace {workspace}",
            workspace=root,
        )


def secure(root: Path) -> Secured:
    """Take all rights of other accounts away from a folder and everything in it; links are not followed.

    Raises:
        WorkspaceError: something belongs to another account.
    """
    folders = files = 0
    for folder, _, names in os.walk(root):
        folders += _set(Path(folder), OWNER_FOLDER)
        files += sum(_set(Path(folder) / name, OWNER_FILE) for name in names)
    return Secured(folders, files)


def _set(path: Path, rights: int) -> bool:
    """Give a file or folder these rights; whether it had others."""
    before = path.lstat().st_mode
    if stat.S_ISLNK(before) or not before & OTHERS:
        return False
    try:
        path.chmod(rights)
    except OSError as refused:
        raise WorkspaceError(
            "The rights of a file cannot be changed.",
            where=f"{path}: {refused.strerror}",
            next_step="let the owner of the workspace do it",
        ) from None
    return True
