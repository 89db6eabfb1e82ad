"""Another pseudonym key in the place of the one that a workspace has; a kill at any moment can be made good.

First the new key lies next to the old one, and the workspace knows both. Then one rename makes the new one its key.
Whoever is stopped between the two starts again, and goes on with the same new key.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from features.errors import UsageError
from features.files import write_text
from features.workspace.key import fingerprint, make_key, read_key
from features.workspace.marker import read_marker, write_marker
from features.workspace.owned import refuse_owned
from features.workspace.rights import OWNER_FILE
from features.workspace.space import Workspace, writable


@dataclass(frozen=True)
class KeyRotation:
    """The two keys of a workspace whose key changes.

    Attributes:
        space: the workspace; the caller has its lock.
        old: the key before; None where an earlier attempt put the new one in its place already.
        new: the key from now on.
    """

    space: Workspace
    old: bytes | None
    new: bytes

    def switch(self) -> None:
        """Make the new key the workspace's, by one rename.

        Raises:
            WorkspaceError: the folder cannot be written.
        """
        if self.old is not None:
            with writable(self.space.root):
                _next(self.space.key_file).replace(self.space.key_file)

    def finish(self) -> None:
        """The workspace knows the new key alone.

        Raises:
            WorkspaceError: the folder cannot be written.
        """
        marker = read_marker(self.space.root)
        known = replace(marker, key_fingerprint=fingerprint(self.new), next_fingerprint="")
        with writable(self.space.root):
            write_marker(self.space.root, known)


def begin_rotation(space: Workspace, old_key_out: Path | None = None) -> KeyRotation:
    """Make a new key, or find the one of an attempt that was stopped.

    Args:
        space: the workspace; the caller has its lock.
        old_key_out: a new file for a copy of the old key, by which older backups can be restored; None for none.

    Raises:
        UsageError: the file exists, or lies in a workspace.
        WorkspaceError: the key is lost or damaged, or the folder cannot be written.
    """
    current, marker, waiting = space.pseudonym_key(), read_marker(space.root), _next(space.key_file)
    if marker.next_fingerprint == fingerprint(current):
        return KeyRotation(space, None, current)
    if old_key_out is not None:
        _save(current, old_key_out)
    with writable(space.root):
        if not waiting.exists():
            make_key(waiting)
        new = read_key(waiting)
        known = replace(marker, key_fingerprint=fingerprint(current), next_fingerprint=fingerprint(new))
        write_marker(space.root, known)
    return KeyRotation(space, current, new)


def _next(key_file: Path) -> Path:
    return key_file.with_name(f"{key_file.name}.next")


def _save(key: bytes, out: Path) -> None:
    refuse_owned(out)
    if out.exists() or not out.parent.is_dir():
        raise UsageError(
            "The old key is written to a new file, in a folder that exists.",
            where=str(out),
            next_step="name another file: --old-key-out FILE",
        )
    write_text(out, key.hex(), rights=OWNER_FILE)
