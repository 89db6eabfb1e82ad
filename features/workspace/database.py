"""A workspace whose alerts are in a database remembers so, and never begins anew somewhere else."""

from __future__ import annotations

import uuid
from dataclasses import replace
from pathlib import Path

from features.errors import WorkspaceError
from features.workspace.marker import Marker, read_marker, write_marker
from features.workspace.place import VARIABLE, Database
from features.workspace.space import Workspace, writable


def own_database(root: Path, marker: Marker, given: Database | None, *, create: bool) -> Database | None:
    """The database that is named, with what the workspace remembers of it.

    Args:
        root: folder of the workspace.
        marker: what the workspace says about itself.
        given: the database that is named; None for the folder.
        create: decide now where the alerts are, if that is not decided yet.

    Raises:
        WorkspaceError: the alerts are elsewhere.
    """
    if given is None:
        if marker.database:
            raise WorkspaceError(
                "The alerts of this workspace are in a PostgreSQL database, and none is named.",
                where=str(root),
                next_step="set {variable} to its address",
                variable=VARIABLE,
            )
        return None
    if not marker.database:
        if Workspace(root).store_file.exists():
            raise WorkspaceError(
                "The alerts of this workspace are in its folder; {variable} names a database.",
                where=str(root),
                next_step="unset {variable}, or name a new workspace",
                variable=VARIABLE,
            )
        if not create:
            return given
        marker = replace(marker, database=uuid.uuid4().hex)
        with writable(root):
            write_marker(root, marker)
    return replace(given, workspace=marker.database, made=marker.database_made)


def remember_database(space: Workspace) -> None:
    """Note that the database has this workspace's tables: from now on one without them has lost them.

    Raises:
        WorkspaceError: the workspace cannot be written.
    """
    marker = read_marker(space.root)
    if not marker.database_made:
        with writable(space.root):
            write_marker(space.root, replace(marker, database_made=True))
