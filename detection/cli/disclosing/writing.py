"""How a command writes a file that leaves."""

from __future__ import annotations

from pathlib import Path

from features.errors import UsageError
from features.files import write_files
from features.workspace.owned import refuse_owned


def write_whole(files: dict[Path, bytes]) -> None:
    """Write files, each whole or not at all.

    Raises:
        UsageError: the folder does not exist or cannot be written, or is a workspace's.
    """
    refuse_owned(*files)
    try:
        write_files(files)
    except OSError as error:
        raise UsageError(
            "The file cannot be written there.",
            where=f"{next(iter(files))}: {error.strerror}",
            next_step="name a file in a folder that exists",
        ) from None
