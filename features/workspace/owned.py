"""Files that leave are never written over what belongs to a workspace."""

from __future__ import annotations

from pathlib import Path

from features.errors import UsageError
from features.workspace.key import looks_like_key
from features.workspace.marker import is_workspace


def refuse_owned(*outs: Path) -> None:
    """Refuse to write where a workspace is, this one or any other, or over a pseudonym key.

    Args:
        outs: files or folders that are going to be written.

    Raises:
        UsageError: one lies in a workspace, or is a key.
    """
    for out in outs:
        if any(is_workspace(folder) for path in (out.absolute(), out.resolve()) for folder in path.parents):
            raise UsageError(
                "The file {file} lies in a workspace, where only fundwatch itself writes.",
                next_step="name a file outside of it",
                file=out,
            )
        if out.is_file() and looks_like_key(out):
            raise UsageError(
                "The file {file} is a pseudonym key and is not replaced.",
                next_step="name another file",
                file=out,
            )
