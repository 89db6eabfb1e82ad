"""A backup: one archive with everything of a workspace but its pseudonym key, and the hash of every file."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import tarfile
import uuid
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from detection.backup.dump import DUMP, dump
from detection.store.lost import refuse_lost_store
from features.errors import UsageError, WorkspaceError
from features.files import write_text
from features.sealing import SEAL, digest
from features.workspace import Workspace
from features.workspace.key import KEY_FILE
from features.workspace.owned import refuse_owned

_LEFT_OUT = ("lock", "tmp", "unfinished", KEY_FILE)
_OWNER_ONLY = 0o600


@dataclass(frozen=True)
class Saved:
    """A backup that was made.

    Attributes:
        files: how many it holds.
        size: bytes of the archive.
    """

    files: int
    size: int


def save(space: Workspace, out: Path, *, key_out: Path | None) -> Saved:
    """Write a backup of a workspace, whole or not at all.

    Databases are copied by SQLite itself: the copy is one state, whoever writes to them meanwhile.

    Args:
        space: the workspace, locked by the caller.
        out: the archive, a new file outside of workspaces.
        key_out: new file for a copy of the key, which the archive never holds; None where it is kept elsewhere.

    Raises:
        UsageError: a file exists or lies in a workspace, or both are the same.
        StoreError: the store is lost, or the alerts are in a database that cannot be dumped.
        WorkspaceError: a file cannot be read or written.
    """
    refuse_lost_store(space)
    _refuse(out, *([] if key_out is None else [key_out]))
    draft = out.with_name(f".{out.name}.{uuid.uuid4().hex}")
    copies = space.tmp / uuid.uuid4().hex
    try:
        copies.mkdir()
        files = _files(space, copies)
        _write(draft, files)
        if key_out is not None:
            write_text(key_out, space.pseudonym_key().hex(), rights=_OWNER_ONLY)
        draft.replace(out)
    except (OSError, sqlite3.Error) as error:
        raise WorkspaceError(
            "The backup could not be made.",
            where=str(getattr(error, "filename", None) or out),
            next_step="see that the place is writable and has space; verify the workspace: fundwatch verify",
        ) from None
    finally:
        shutil.rmtree(copies, ignore_errors=True)
        draft.unlink(missing_ok=True)
    return Saved(len(files), out.stat().st_size)


def _refuse(*outs: Path) -> None:
    refuse_owned(*outs)
    if len({out.resolve() for out in outs}) < len(outs):
        raise UsageError(
            "The archive and the copy of the key are two files.",
            next_step="name another file",
            where=str(outs[0]),
        )
    for out in outs:
        if out.exists():
            raise UsageError(
                "The file {file} exists and is not replaced.", next_step="name another file", file=out
            )


def _files(space: Workspace, copies: Path) -> dict[str, Path]:
    """Every file of the backup by its place in it: databases as copies, all others where they lie."""
    databases = {path.name: path for path in (space.store_file, space.mlflow_db) if path.exists()}
    key = space.key_file.resolve()  # an earlier version let it be any file of the workspace
    files = {
        path.relative_to(space.root).as_posix(): path
        for path in sorted(space.root.rglob("*"))
        if path.is_file()
        and not path.is_symlink()
        and path.resolve() != key
        and _is_saved(path.relative_to(space.root), databases)
    }
    for name, path in databases.items():
        files[name] = copies / name
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(files[name])) as copy:
            source.backup(copy)
    if space.database is not None:
        files[DUMP] = copies / DUMP
        dump(space.database, files[DUMP])
    return files


def _is_saved(place: Path, databases: Mapping[str, Path]) -> bool:
    first = place.parts[0]
    return first not in _LEFT_OUT and not any(first.startswith(name) for name in databases)


def _write(archive: Path, files: Mapping[str, Path]) -> None:
    sums = "".join(f"{digest(path)}  {place}\n" for place, path in sorted(files.items())).encode()
    with archive.open("xb") as stream:
        archive.chmod(_OWNER_ONLY)
        with tarfile.open(fileobj=stream, mode="w") as tar:
            listed = tarfile.TarInfo(SEAL)
            listed.size = len(sums)
            tar.addfile(listed, io.BytesIO(sums))
            for place, path in sorted(files.items()):
                tar.add(path, place, recursive=False)
        stream.flush()
        os.fsync(stream.fileno())
