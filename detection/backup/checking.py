"""What is wrong with a workspace: its rights, its key, its databases, and every file that carries a hash."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from detection.store.casework.tools.documents import damaged
from detection.store.lost import refuse_lost_store
from detection.store.queries import open_finished
from features.errors import FundwatchError
from features.message import Message
from features.sealing import SEAL, damage, is_sealed
from features.workspace import Workspace


@dataclass(frozen=True)
class Verified:
    """What a look at a workspace came to.

    Attributes:
        folders: sealed folders of runs and data sets that were compared.
        without_hashes: folders of earlier versions, which have no hashes.
        problems: what is wrong, a sentence each.
    """

    folders: int
    without_hashes: tuple[str, ...]
    problems: tuple[Message, ...]


def verify(space: Workspace) -> Verified:
    """Compare a workspace with all that it says about itself; nothing is written."""
    sealed: list[Path] = []
    without: list[Path] = []
    for parent in ("runs", "snapshots"):
        folder = space.root / parent
        for each in sorted(folder.iterdir()) if folder.exists() else ():
            (sealed if is_sealed(each) else without).append(each)
    problems = [*_key(space), *_databases(space), *_store(space), *_files_of_cases(space)]
    for each in sealed:
        problems += [
            Message("{file}: missing or changed", file=f"{each.parent.name}/{each.name}/{place}")
            for place in damage(each)
        ]
    problems += [
        Message("{file}: missing or changed", file=f"snapshots/{each.name}/{SEAL}")
        for each in without
        if each.parent.name == "snapshots" and space.lost_hashes(each)
    ]
    names = tuple(f"{each.parent.name}/{each.name}" for each in without)
    return Verified(len(sealed), names, tuple(problems))


def _key(space: Workspace) -> Iterator[Message]:
    try:
        space.pseudonym_key()
    except FundwatchError as error:
        yield error.what


def _databases(space: Workspace) -> Iterator[Message]:
    """Problems that SQLite itself sees."""
    for path in (space.store_file, space.mlflow_db):
        if path.exists() and (seen := _integrity(path)) != "ok":
            yield Message("{file}: the database is damaged ({seen})", file=path.name, seen=seen)


def _integrity(path: Path) -> str:
    try:
        with closing(sqlite3.connect(path)) as connection:
            return str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        return type(error).__name__


def _store(space: Workspace) -> Iterator[Message]:
    """Whether the store can be read, and has the files of the run that readers see."""
    try:
        refuse_lost_store(space)
        with open_finished(space) as reader:
            run = None if reader is None else reader.run
        if run is not None and not space.run(run.run_id).exists():
            yield Message("runs/{run_id}: the files of the current run are missing", run_id=run.run_id)
    except FundwatchError as error:
        yield error.what


def _files_of_cases(space: Workspace) -> Iterator[Message]:
    """Files of cases whose bytes are not those that were kept."""
    with suppress(FundwatchError), open_finished(space) as reader:  # what cannot be read is said above
        for number, case_id in damaged(reader.session) if reader is not None else ():
            yield Message("file {number} of {case_id}: missing or changed", number=number, case_id=case_id)
