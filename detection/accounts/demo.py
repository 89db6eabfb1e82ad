"""Workspaces that hold nothing but what our own simulator made in them: they may be shown without a sign-in.

The mark names the data sets in ``workspace.json``. It is written by ``fundwatch demo`` alone, after it simulated the
city itself; nothing in an export can set it. Any other data set in the workspace takes its effect away.
"""

from __future__ import annotations

from dataclasses import replace

from detection.store.accounts.store import AccountStore
from detection.store.queries.reader import open_store
from features.workspace import Workspace
from features.workspace.marker import read_marker, write_marker


def record_demo(space: Workspace, snapshot_id: str) -> None:
    """Keep that our own simulator made a data set of this workspace.

    Raises:
        OSError: the file cannot be written.
    """
    marker = read_marker(space.root)
    made = tuple(sorted({*marker.demo_snapshots, snapshot_id}))
    write_marker(space.root, replace(marker, demo_snapshots=made))


def record_current_data(space: Workspace) -> None:
    """The same for the data set of the current run.

    Raises:
        StoreError: no run has finished yet.
        OSError: the file cannot be written.
    """
    with open_store(space) as reader:
        record_demo(space, reader.current_run().snapshot_id)


def is_demo(space: Workspace, store: AccountStore) -> bool:
    """Whether all that was ever read into a workspace was made by our own simulator, and something was."""
    folder = space.snapshot("")
    kept = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    read = store.run_snapshots() | kept
    return bool(read) and read <= set(read_marker(space.root).demo_snapshots)
