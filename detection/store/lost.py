"""A store that is gone, where runs say that there was one."""

from __future__ import annotations

from pathlib import Path

from features.errors import StoreError
from features.workspace import Workspace


def refuse_lost_store(workspace: Workspace) -> None:
    """Refuse to go on without the decisions that the store held: a new one would begin without a word.

    Raises:
        StoreError: the workspace has runs, and no store, or an empty file in its place.
    """
    store = workspace.store
    if not isinstance(store, Path) or (store.exists() and store.stat().st_size > 0):
        return
    runs = workspace.root / "runs"
    if runs.exists() and any(runs.iterdir()):
        raise StoreError(
            "The alert store of this workspace is lost, with all decisions and records in it.",
            where=str(workspace.store),
            next_step="restore the workspace from a backup: fundwatch restore",
        )
