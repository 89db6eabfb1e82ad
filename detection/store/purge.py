"""Removing what is old: files of earlier runs, and data sets that no kept run uses."""

from __future__ import annotations

import logging
import shutil
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from detection.audit.entry import EntryDraft
from detection.store.connection import has_store
from detection.store.lost import refuse_lost_store
from detection.store.queries import open_store
from detection.store.schema import Run
from detection.store.writer import Writer
from features.workspace import Workspace

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class PurgePlan:
    """What would be removed.

    Attributes:
        folders: folders under runs/, snapshots/ and unfinished/.
        size: their bytes.
    """

    folders: tuple[Path, ...]
    size: int


def plan_purge(space: Workspace, *, keep: int) -> PurgePlan:
    """Folders of all but the newest ``keep`` runs, of data sets that none of those used, and of a stopped run.

    Args:
        space: the workspace, locked by the caller.
        keep: how many runs stay (at least 1). The current one is never removed, also when it is an earlier
            run made again.

    Raises:
        StoreError: the store is lost: what it held may be in no other place than these folders.
    """
    refuse_lost_store(space)
    kept = _kept_runs(space, keep)
    runs = {run.run_id for run in kept}
    snapshots = {run.snapshot_id for run in kept}
    folders = [
        *_others(space.root / "runs", runs),
        *_others(space.root / "snapshots", snapshots),
        *_others(space.unfinished, set()),
    ]
    size = sum(file.stat().st_size for folder in folders for file in folder.rglob("*") if file.is_file())
    return PurgePlan(tuple(folders), size)


def enter_purge(space: Workspace, plan: PurgePlan, *, actor: str, at: str, role: str = "") -> None:
    """Enter what is going to be removed in the audit log, before anything is.

    Raises:
        StoreError: the store cannot be written; nothing may be removed.
    """
    if not has_store(space.store):
        return
    names = " ".join(folder.relative_to(space.root).as_posix() for folder in plan.folders)
    after: dict[str, str | int] = {"folders": len(plan.folders), "bytes": plan.size, "names": names}
    draft = EntryDraft(at=at, actor=actor, role=role, action="purge", object="workspace", after=after)
    Writer(space.store).enter(draft)


def purge_workspace(plan: PurgePlan) -> None:
    """Remove what the plan names."""
    for folder in plan.folders:
        shutil.rmtree(folder)
        logger.info("Removed %s/%s", folder.parent.name, folder.name)


def _kept_runs(space: Workspace, keep: int) -> list[Run]:
    if not has_store(space.store):
        return []
    with open_store(space) as store:
        newest = list(store.session.scalars(select(Run).order_by(Run.number.desc()).limit(keep)))
        return newest if store.run is None else [*newest, store.run]


def _others(parent: Path, kept: set[str]) -> list[Path]:
    if not parent.exists():
        return []
    return sorted(folder for folder in parent.iterdir() if folder.is_dir() and folder.name not in kept)
