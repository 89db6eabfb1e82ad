"""A workspace from a backup: every file compared with its hash, into an empty folder only."""

from __future__ import annotations

import hashlib
import shutil
import tarfile
import uuid
from dataclasses import replace
from pathlib import Path
from typing import IO

from detection.audit.entry import EntryDraft
from detection.audit.settings import SETTINGS_FILE
from detection.backup.dump import DUMP, load
from detection.store.accounts.store import AccountStore
from detection.store.connection import has_store
from features.errors import UsageError, WorkspaceError
from features.message import verbatim
from features.sealing import SEAL, sums
from features.workspace import Workspace, open_workspace
from features.workspace.key import KEY_FILE, fingerprint, read_key
from features.workspace.marker import read_marker, write_marker
from features.workspace.place import VARIABLE, Database, Where, place_of
from features.workspace.rights import OWNER_FOLDER, secure

_SHOWN = 10
_BLOCK = 1 << 20


def restore(archive: Path, where: Where, *, key: Path) -> Workspace:
    """Make a workspace from a backup; it appears when every file of it is there and as it was saved.

    Where heads of the audit log are anchored is not restored: it is configured anew.

    Args:
        archive: from `detection.backup.saving.save`.
        where: a folder that is empty or does not exist; with a database without tables, if alerts were in one.
        key: the copy of the pseudonym key. A workspace that kept its key outside remembers this file; any other gets
            a copy.

    Raises:
        UsageError: the folder holds something, or a database is missing.
        StoreError: the database cannot take the dump.
        WorkspaceError: the archive is damaged, or the key is another one.
    """
    root, database = place_of(where).root, place_of(where).database
    if root.exists() and any(root.iterdir()):
        raise UsageError(
            "A backup is restored into an empty folder only.", where=str(root), next_step="name a new folder"
        )
    secret = read_key(key)
    root.parent.mkdir(parents=True, exist_ok=True)
    draft = root.with_name(f".{root.name}.{uuid.uuid4().hex}")
    draft.mkdir(mode=OWNER_FOLDER)
    try:
        _extract(archive, draft)
        (draft / SEAL).unlink()
        # They name a program: whoever made the archive does not choose what is run here.
        (draft / SETTINGS_FILE).unlink(missing_ok=True)
        marker = read_marker(draft)
        if marker.key_fingerprint not in ("", fingerprint(secret)):
            raise WorkspaceError(
                "This is not the key of this workspace.",
                where=str(key),
                next_step="restore the key from its backup: pseudonyms and numbers of alerts come from it",
            )
        if marker.key_file:
            write_marker(draft, replace(marker, key_file=str(key.resolve())))
        else:
            shutil.copyfile(key, draft / KEY_FILE)
        secure(draft)
        if (draft / DUMP).exists():
            _load(draft / DUMP, database)
        if root.exists():
            root.rmdir()
        draft.rename(root)
    except OSError as error:
        raise WorkspaceError(
            "The workspace cannot be written.",
            where=f"{root}: {error.strerror}",
            next_step="name a folder that you may write to, with space left",
        ) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return open_workspace(where)


def enter_restoring(space: Workspace, draft: EntryDraft) -> None:
    """Enter the restoring in the audit log, and end every session that the backup held.

    Raises:
        StoreError: the store cannot be written.
    """
    if has_store(space.store):
        AccountStore(space.store).end_sessions(draft, None)


def _load(file: Path, database: Database | None) -> None:
    if database is None:
        raise UsageError(
            "The alerts of this backup were in a database.",
            next_step="name an empty one: {variable}=postgresql://USER:PASSWORD@HOST:5432/DATABASE",
            variable=VARIABLE,
        )
    load(file, database)
    file.unlink()


def damaged_members(archive: Path) -> list[str]:
    """Files of a backup that are missing, were changed or are not listed in it; nothing is written.

    Its own name stands for an archive that cannot be read.
    """
    hashes: dict[str, str] = {}
    listed: dict[str, str] = {}
    no_files: set[str] = set()
    try:
        with tarfile.open(archive, "r:") as tar:
            for member in tar:
                stream = tar.extractfile(member) if member.isreg() else None
                if stream is None:
                    no_files.add(member.name)  # a folder or a link, which no backup holds
                elif member.name == SEAL:
                    listed = sums(stream.read().decode("utf-8", "replace"))
                else:
                    hashes[member.name] = _digest(stream)
    except (OSError, tarfile.TarError):
        return [archive.name]
    if not listed:
        return [archive.name]
    differing = {place for place in listed.keys() | hashes.keys() if listed.get(place) != hashes.get(place)}
    return sorted(differing | no_files)


def _digest(stream: IO[bytes]) -> str:
    content = hashlib.sha256()
    while block := stream.read(_BLOCK):
        content.update(block)
    return content.hexdigest()


def _extract(archive: Path, draft: Path) -> None:
    """Unpack an archive; nothing lands outside the folder, and nothing is a link."""
    wrong = damaged_members(archive)
    if wrong:
        raise _damaged(archive, wrong)
    try:
        with tarfile.open(archive, "r:") as tar:
            tar.extractall(draft, filter="data")
    except tarfile.TarError:
        raise _damaged(archive, [archive.name]) from None


def _damaged(archive: Path, wrong: list[str]) -> WorkspaceError:
    return WorkspaceError(
        "The backup is damaged.",
        where=str(archive),
        next_step="use another backup",
        problems=[verbatim(place) for place in wrong[:_SHOWN]],
    )
