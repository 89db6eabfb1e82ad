"""Opening a workspace, or making one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from features.errors import UsageError, WorkspaceError
from features.sealing import is_sealed
from features.workspace.database import own_database
from features.workspace.key import KEY_FILE, fingerprint, make_key, read_key
from features.workspace.marker import Marker, is_workspace, read_marker, write_marker
from features.workspace.place import Where, place_of
from features.workspace.rights import OWNER_FILE, OWNER_FOLDER, Secured, open_to_others, refuse_open, secure
from features.workspace.space import Workspace, writable


def open_workspace(where: Where, *, create: bool = False, key: Path | None = None) -> Workspace:
    """Open a workspace, or create one.

    Args:
        where: the folder, with the database if there is one.
        create: create it when it does not exist or is empty.
        key: file outside the workspace that keeps its key; None for the one that the workspace remembers, which is in
            the workspace unless it was made with another.

    Raises:
        UsageError: the key is another file in the workspace.
        WorkspaceError: not a workspace, of another layout version, open to other accounts, with another key, a
            folder that cannot be written, or one whose alerts are elsewhere than ``where`` says.
    """
    place = place_of(where)
    root = place.root
    if not is_workspace(root):
        if not create:
            raise WorkspaceError(
                "This folder is not a fundwatch workspace.",
                where=str(root),
                next_step="start with: fundwatch run --data DIR --workspace {workspace} --area AREA",
                workspace=root,
            )
        with writable(root):
            _make(root, key)
    marker = read_marker(root)
    refuse_open(root)
    if key is not None and _kept_at(root, key) != marker.key_file:
        raise WorkspaceError(
            "This workspace has its key in another file.",
            where=marker.key_file or str(root / KEY_FILE),
            next_step="leave --key out; after moving the key: fundwatch secure --workspace {workspace} --key FILE",
            workspace=root,
        )
    return Workspace(root, own_database(root, marker, place.database, create=create))


def secure_workspace(root: Path, key: Path | None = None) -> Secured:
    """Close a workspace, and its key, to other accounts; complete what an earlier version did not write.

    Args:
        root: the folder.
        key: where the key is now, if it was moved.

    Raises:
        UsageError: the key is another file in the workspace.
        WorkspaceError: not a workspace, another key, or files of another account.
    """
    if not is_workspace(root):
        raise WorkspaceError(
            "This folder is not a fundwatch workspace.",
            where=str(root),
            next_step="name the folder of a workspace: --workspace WS",
        )
    marker = read_marker(root)
    if key is not None:
        marker = replace(marker, key_file=_kept_at(root, key))
    file = Path(marker.key_file or root / KEY_FILE)
    done = secure(root)
    if file.exists() and open_to_others(file):
        file.chmod(OWNER_FILE)
    identified = replace(marker, key_fingerprint=fingerprint(read_key(file)))
    if marker.key_fingerprint not in ("", identified.key_fingerprint):
        raise WorkspaceError(
            "This is not the key of this workspace.",
            where=str(file),
            next_step="restore the key from its backup: pseudonyms and numbers of alerts come from it",
        )
    if not marker.key_fingerprint:  # of an earlier version, which may have written data sets without hashes
        identified = replace(identified, unsealed=_without_hashes(root))
    with writable(root):
        write_marker(root, identified)
    return done


def _without_hashes(root: Path) -> tuple[str, ...]:
    folder = Workspace(root).snapshot("")
    listed = folder.iterdir() if folder.is_dir() else ()
    return tuple(sorted(each.name for each in listed if each.is_dir() and not is_sealed(each)))


def _make(root: Path, key: Path | None) -> None:
    outside = "" if key is None else _kept_at(root, key)
    if root.exists() and any(entry.name not in {"lock", KEY_FILE} for entry in root.iterdir()):
        raise WorkspaceError(
            "This folder holds other things; a workspace needs a folder of its own.",
            where=str(root),
            next_step="name a new or empty folder",
        )
    root.mkdir(parents=True, exist_ok=True)
    root.chmod(OWNER_FOLDER)
    file = Path(outside or root / KEY_FILE)
    if not file.exists():
        make_key(file)
    known = fingerprint(read_key(file))
    write_marker(root, Marker(key_fingerprint=known, key_file=outside))


def _kept_at(root: Path, key: Path) -> str:
    """What a workspace remembers of the place of its key: empty for its own file.

    Raises:
        UsageError: another file in the workspace, which every backup would hold.
    """
    file, own = key.resolve(), (root / KEY_FILE).resolve()
    if file != own and file.is_relative_to(root.resolve()):
        raise UsageError(
            "The pseudonym key is kept outside the workspace, or in its own file there.",
            where=str(key),
            next_step="name a file outside of it",
        )
    return "" if file == own else str(file)
