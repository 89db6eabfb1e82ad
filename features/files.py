"""Files and folders that appear whole or not at all, and survive a power cut."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path

_BINARY = getattr(os, "O_BINARY", 0)
"""On Windows: bytes are written as they are."""
_ANYONE = 0o666
"""Rights of a new file, less those that the user's mask takes away."""


def write_text(path: Path, content: str, *, rights: int = _ANYONE) -> None:
    """Write a text file (UTF-8) so that readers see the old content or the new, never a part.

    Args:
        path: a file that exists is replaced.
        content: its text.
        rights: who may read and write it, less what the user's mask takes away.

    Raises:
        OSError: the file cannot be written; the old content is still there.
    """
    write_files({path: content.encode()}, rights=rights)


def write_files(
    contents: Mapping[Path, bytes],
    *,
    before_they_appear: Callable[[], object] = lambda: None,
    rights: int = _ANYONE,
) -> None:
    """Write files that belong together: every one as a draft first, then each into its place.

    Args:
        contents: content by path; a file that exists is replaced.
        before_they_appear: called when all drafts are complete and none is in its place; what it raises leaves the
            old files as they were.
        rights: as for `write_text`.

    Raises:
        OSError: a file cannot be written.
    """
    drafts = {path: path.with_name(f".{path.name}.{uuid.uuid4().hex}") for path in contents}
    try:
        for path, content in contents.items():
            _write_durably(drafts[path], content, rights)
        before_they_appear()
        for path, draft in drafts.items():
            draft.replace(path)
        for folder in {path.parent for path in contents}:
            _sync_folder(folder)
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)


def place_folder(draft: Path, target: Path) -> None:
    """Move a folder to where readers look for it, when all that is in it is on the disk.

    Args:
        draft: a complete folder, on the file system of ``target``.
        target: a path that does not exist; folders above it are made.

    Raises:
        OSError: it cannot be moved.
    """
    for folder, _, names in os.walk(draft):
        for name in names:
            with (Path(folder) / name).open("rb+") as file:
                os.fsync(file.fileno())
        _sync_folder(Path(folder))
    target.parent.mkdir(parents=True, exist_ok=True)
    draft.rename(target)
    _sync_folder(target.parent)


def _write_durably(path: Path, content: bytes, rights: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, rights), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make names inside a folder durable, where the operating system can open folders."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
