"""Files that appear whole or not at all, and survive a power cut."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path


def write_text(path: Path, content: str) -> None:
    """Write a text file (UTF-8) so that readers see the old content or the new, never a part.

    Raises:
        OSError: the file cannot be written; the old content is still there.
    """
    write_files({path: content.encode()})


def write_files(
    contents: Mapping[Path, bytes], *, before_they_appear: Callable[[], object] = lambda: None
) -> None:
    """Write files that belong together: every one as a draft first, then each into its place.

    Args:
        contents: content by path; a file that exists is replaced.
        before_they_appear: called when all drafts are complete and none is in its place; what it raises leaves the
            old files as they were.

    Raises:
        OSError: a file cannot be written.
    """
    drafts = {path: path.with_name(f".{path.name}.{uuid.uuid4().hex}") for path in contents}
    try:
        for path, content in contents.items():
            _write_durably(drafts[path], content)
        before_they_appear()
        for path, draft in drafts.items():
            draft.replace(path)
        for folder in {path.parent for path in contents}:
            _sync_folder(folder)
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make renames inside a folder durable, where the operating system can open folders."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
