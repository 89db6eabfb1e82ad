"""The runs of a store, and the data set of each."""

from __future__ import annotations

from sqlalchemy import select

from detection.store.connection import has_store, read_session
from detection.store.schema import Run
from features.workspace import Workspace


def snapshots_of_runs(space: Workspace) -> dict[str, str]:
    """The data set of each run, by the run's id; none where nothing was run yet.

    Raises:
        StoreError: the store cannot be read.
    """
    if not has_store(space.store):
        return {}
    with read_session(space.store) as session:
        return dict(session.execute(select(Run.run_id, Run.snapshot_id)).all())
