"""``workspace.json``: what makes a folder a workspace."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from features.errors import WorkspaceError
from features.files import write_text

LAYOUT_VERSION = 1
_FILE = "workspace.json"


@dataclass(frozen=True)
class Marker:
    """What a workspace says about itself.

    Attributes:
        layout_version: of the folder.
        key_fingerprint: of the pseudonym key; empty in a workspace of an earlier version.
        key_file: absolute path of the key; empty where it is in the workspace.
        database: under which name a database has the alerts of this workspace; empty where they are in its folder.
        database_made: whether that database has been given its tables.
        demo_snapshots: data sets that our own simulator made in this workspace.
        unsealed: data sets that an earlier version wrote without hashes; all others have them, or lost them.
        next_fingerprint: of the key that takes the place of the pseudonym key now; empty at all other times.
    """

    layout_version: int = LAYOUT_VERSION
    key_fingerprint: str = ""
    key_file: str = ""
    database: str = ""
    database_made: bool = False
    demo_snapshots: tuple[str, ...] = ()
    unsealed: tuple[str, ...] = ()
    next_fingerprint: str = ""


def is_workspace(root: Path) -> bool:
    """Whether a folder has the file that makes it a workspace.

    Raises:
        WorkspaceError: nobody can say: no permission to enter the folder, or a path that is too long.
    """
    try:
        return (root / _FILE).exists()
    except OSError as refused:
        raise _unreadable(root, refused) from None


def read_marker(root: Path) -> Marker:
    """The marker of a workspace.

    Raises:
        WorkspaceError: it cannot be read, or is of another layout version.
    """
    file = root / _FILE
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        marker = Marker(
            content["layout_version"],
            content.get("key_fingerprint", ""),
            content.get("key_file", ""),
            content.get("database", ""),
            content.get("database_made", False),
            tuple(content.get("demo_snapshots", ())),
            tuple(content.get("unsealed", ())),
            content.get("next_fingerprint", ""),
        )
    except OSError as refused:
        raise _unreadable(file, refused) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _of_other_version(file, "unreadable") from None
    if marker.layout_version != LAYOUT_VERSION:
        raise _of_other_version(file, marker.layout_version)
    return marker


def write_marker(root: Path, marker: Marker) -> None:
    """Write the marker of a workspace.

    Raises:
        OSError: it cannot be written; the old one is still there.
    """
    content = {name: value for name, value in asdict(marker).items() if value not in ("", False, ())}
    write_text(root / _FILE, json.dumps(content))


def _unreadable(path: Path, refused: OSError) -> WorkspaceError:
    return WorkspaceError(
        "The workspace cannot be read.",
        where=f"{path}: {refused.strerror}",
        next_step="ask the owner of the folder, or restore it from a backup",
    )


def _of_other_version(file: Path, version: object) -> WorkspaceError:
    return WorkspaceError(
        "The workspace has layout version {version}; this version of fundwatch reads {known}.",
        where=str(file),
        next_step="use the version of fundwatch that made it, or start a new workspace",
        version=version,
        known=LAYOUT_VERSION,
    )
