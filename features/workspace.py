"""The workspace of a fund: layout version, lock, and the paths of everything in it.

::

    WS/
      workspace.json          layout version, whether the data are simulated
      lock                    locked by the writing process; freed by the operating system when it ends
      pseudonym.key           secret of the masked ids; never leaves the workspace
      store.sqlite            alerts and everything readers see
      mlflow.db, mlflow/      experiment runs, model registry, model files
      snapshots/<id>/         accepted tables, quarantine, flags, manifest.json of one data set
      reports/<number>.json   issued reports, each written once
      runs/<run_id>/          features/, scores/, artifacts/, indicators/, subjects/, search/, run.log of one run
      failed_run.log          log of the last run that ended with an error
      purge.log               what was purged, and when
      tmp/                    unfinished files; emptied at the next start

A folder under snapshots/ or runs/ appears by one rename, when all its files are on the disk: it is whole or not there.
"""

from __future__ import annotations

import json
import secrets
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from features.errors import WorkspaceError
from features.files import place_folder, write_text

LAYOUT_VERSION = 1
_OWNER_ONLY = 0o600


@dataclass(frozen=True)
class Workspace:
    """Paths of one workspace; open it with `open_workspace`."""

    root: Path

    @property
    def store(self) -> Path:
        """SQLite file of alerts."""
        return self.root / "store.sqlite"

    @property
    def mlflow_db(self) -> Path:
        """SQLite file of MLflow."""
        return self.root / "mlflow.db"

    @property
    def mlflow_files(self) -> Path:
        """Folder of MLflow's model files."""
        return self.root / "mlflow"

    @property
    def tmp(self) -> Path:
        """Folder of unfinished files."""
        return self.root / "tmp"

    def snapshot(self, snapshot_id: str) -> Path:
        """Folder of one accepted data set."""
        return self.root / "snapshots" / snapshot_id

    def run(self, run_id: str) -> Path:
        """Folder of one run."""
        return self.root / "runs" / run_id

    @property
    def reports(self) -> Path:
        """Folder of the issued reports."""
        return self.root / "reports"

    def pseudonym_key(self) -> bytes:
        """Secret of the masked ids, created once."""
        return bytes.fromhex((self.root / "pseudonym.key").read_text().strip())

    @contextmanager
    def building(self, target: Path) -> Iterator[Path]:
        """A folder to write into that becomes ``target`` by one rename when the block ends well."""
        draft = self.tmp / uuid.uuid4().hex
        draft.mkdir(parents=True)
        yield draft
        if target.exists():  # ids are hashes of the content, so an existing folder is the same
            shutil.rmtree(draft)
            return
        place_folder(draft, target)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Lock the workspace for writing, and remove the remains of a killed run.

        Raises:
            WorkspaceError: another process is writing, or the folder cannot be written.
        """
        # A lock by existence would have to be removed by hand after a killed process.
        lock = FileLock(self.root / "lock", fallback_to_soft=False)
        with _writable(self.root):
            try:
                acquired = lock.acquire(blocking=False)
            except Timeout:
                raise WorkspaceError(
                    "Another run is writing to this workspace.",
                    where=str(self.root),
                    next_step="wait until it ends, or stop it; a killed run frees the workspace by itself",
                ) from None
        with acquired:
            with _writable(self.root):
                shutil.rmtree(self.tmp, ignore_errors=True)
                self.tmp.mkdir()
            yield


def open_workspace(root: Path, *, create: bool = False) -> Workspace:
    """Open a workspace, or create one.

    Args:
        root: the folder.
        create: create it when it does not exist or is empty.

    Raises:
        WorkspaceError: not a workspace, of another layout version, or a folder that cannot be written.
    """
    marker = root / "workspace.json"
    if not marker.exists():
        if not create:
            raise WorkspaceError(
                "This folder is not a fundwatch workspace.",
                where=str(root),
                next_step="start with: fundwatch run --data DIR --workspace {workspace} --area AREA",
                workspace=root,
            )
        with _writable(root):
            _make(root, marker)
    try:
        version = json.loads(marker.read_text())["layout_version"]
    except (ValueError, KeyError, TypeError):
        version = "unreadable"
    if version != LAYOUT_VERSION:
        raise WorkspaceError(
            "The workspace has layout version {version}; this version of fundwatch reads {known}.",
            where=str(marker),
            next_step="use the version of fundwatch that made it, or start a new workspace",
            version=version,
            known=LAYOUT_VERSION,
        )
    return Workspace(root)


def _make(root: Path, marker: Path) -> None:
    if root.exists() and any(entry.name not in {"lock", "pseudonym.key"} for entry in root.iterdir()):
        raise WorkspaceError(
            "This folder holds other things; a workspace needs a folder of its own.",
            where=str(root),
            next_step="name a new or empty folder",
        )
    root.mkdir(parents=True, exist_ok=True)
    key = root / "pseudonym.key"
    if not key.exists():
        write_text(key, secrets.token_hex(32), rights=_OWNER_ONLY)
    write_text(marker, json.dumps({"layout_version": LAYOUT_VERSION}))


@contextmanager
def _writable(root: Path) -> Iterator[None]:
    """Raise an error in words when a folder cannot be written: no permission, no space, or a file of that name."""
    try:
        yield
    except OSError as refused:
        raise WorkspaceError(
            "The workspace cannot be written.",
            where=f"{root}: {refused.strerror}",
            next_step="name a folder that you may write to, with space left",
        ) from refused
