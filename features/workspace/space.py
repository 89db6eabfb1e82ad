"""The paths of a workspace, its key, its lock, and folders that appear in it."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from features.errors import WorkspaceError
from features.files import place_folder
from features.sealing import damage, intact, is_sealed, seal
from features.workspace.key import KEY_FILE, fingerprint, read_key
from features.workspace.marker import read_marker
from features.workspace.place import Database, StoreLocation
from features.workspace.rights import open_to_others


@dataclass(frozen=True)
class Workspace:
    """Paths of one workspace; open it with `features.workspace.open_workspace`.

    Attributes:
        root: its folder.
        database: where its alerts are; None where they are in ``store_file``.
    """

    root: Path
    database: Database | None = None

    @property
    def store(self) -> StoreLocation:
        """Where the alerts are."""
        return self.database or self.store_file

    @property
    def store_file(self) -> Path:
        """SQLite file of alerts, of a workspace without a database."""
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

    @property
    def unfinished(self) -> Path:
        """Folder of what a run that was stopped has finished."""
        return self.root / "unfinished"

    @property
    def districts(self) -> Path:
        """The fund's own names of districts; absent where it gave none."""
        return self.root / "districts.csv"

    def snapshot(self, snapshot_id: str) -> Path:
        """Folder of one accepted data set."""
        return self.root / "snapshots" / snapshot_id

    def intact_snapshot(self, folder: Path, part: str = "") -> Path:
        """A part of a data set, all files of which are as they were written.

        Args:
            folder: of the data set.
            part: a file or folder in it; "" for everything.

        Raises:
            WorkspaceError: a file is missing, was changed or was added; or the list of hashes itself is gone, and the
                workspace does not say that an earlier version wrote the data set without one.
        """
        if self.lost_hashes(folder):
            raise WorkspaceError(
                "The hashes of a data set are gone (SHA256SUMS): nobody can say whether it was changed.",
                where=str(folder),
                next_step="restore them from a backup, or run again on the same data",
            )
        return intact(folder, part)

    def lost_hashes(self, folder: Path) -> bool:
        """Whether a data set has no list of hashes and should have one."""
        if is_sealed(folder) or not folder.exists():
            return False
        marker = read_marker(self.root)
        return bool(marker.key_fingerprint) and folder.name not in marker.unsealed

    def run(self, run_id: str) -> Path:
        """Folder of one run."""
        return self.root / "runs" / run_id

    @property
    def reports(self) -> Path:
        """Folder of the issued reports."""
        return self.root / "reports"

    @property
    def key_file(self) -> Path:
        """File of the pseudonym key: in the workspace, or where it says."""
        return Path(read_marker(self.root).key_file or self.root / KEY_FILE)

    def pseudonym_key(self) -> bytes:
        """Secret of the masked ids, created once.

        Raises:
            WorkspaceError: it is lost, damaged, another one, or outside the workspace where others can read it.
        """
        marker, file = read_marker(self.root), self.key_file
        key = read_key(file)
        if fingerprint(key) not in (marker.key_fingerprint or fingerprint(key), marker.next_fingerprint):
            raise WorkspaceError(
                "This is not the key of this workspace.",
                where=str(file),
                next_step="restore the key from its backup: pseudonyms and numbers of alerts come from it",
            )
        if marker.key_file and open_to_others(file):
            raise WorkspaceError(
                "Other accounts of this machine can read the pseudonym key.",
                where=str(file),
                next_step="close it to them: fundwatch secure --workspace {workspace}",
                workspace=self.root,
            )
        return key

    @contextmanager
    def building(self, target: Path) -> Iterator[Path]:
        """A folder to write into that is sealed and becomes ``target`` by one rename when the block ends well.

        Ids are hashes of the content, so a folder that exists is the same and stays, if it is intact.
        """
        with self.drafting() as draft:
            yield draft
            self.place(draft, target)

    @contextmanager
    def drafting(self) -> Iterator[Path]:
        """A folder to write into; what is not placed when the block ends is removed."""
        draft = self.tmp / uuid.uuid4().hex
        draft.mkdir(parents=True)
        try:
            yield draft
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def place(self, draft: Path, target: Path) -> None:
        """Seal a draft and move it to its place; a folder there that is damaged gives way, an intact one stays."""
        seal(draft)
        if not target.exists():
            place_folder(draft, target)
            return
        if is_sealed(target) and not damage(target):
            return
        for log in target.glob("*.log"):
            shutil.copy2(log, draft)
        damaged = self.tmp / uuid.uuid4().hex
        target.rename(damaged)
        place_folder(draft, target)
        shutil.rmtree(damaged)

    def place_copy(self, folder: Path, target: Path) -> None:
        """Place a folder that stays where it is; its files are the same on the disk, where it can link them."""
        with self.drafting() as draft:
            shutil.copytree(folder, draft, copy_function=_link, dirs_exist_ok=True)
            self.place(draft, target)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Lock the workspace for writing, and remove the remains of a killed run.

        Raises:
            WorkspaceError: another process is writing, or the folder cannot be written.
        """
        # A lock by existence would have to be removed by hand after a killed process.
        lock = FileLock(self.root / "lock", fallback_to_soft=False)
        with writable(self.root):
            try:
                acquired = lock.acquire(blocking=False)
            except Timeout:
                raise WorkspaceError(
                    "Another run is writing to this workspace.",
                    where=str(self.root),
                    next_step="wait until it ends, or stop it; a killed run frees the workspace by itself",
                ) from None
        with acquired:
            with writable(self.root):
                shutil.rmtree(self.tmp, ignore_errors=True)
                self.tmp.mkdir()
            yield


def _link(source: str, target: str) -> None:
    """A second name of a file; a copy where the file system has no second names."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


@contextmanager
def writable(root: Path) -> Iterator[None]:
    """Raise an error in words when a folder cannot be written: no permission, no space, or a file of that name."""
    try:
        yield
    except OSError as refused:
        raise WorkspaceError(
            "The workspace cannot be written.",
            where=f"{root}: {refused.strerror}",
            next_step="name a folder that you may write to, with space left",
        ) from refused
