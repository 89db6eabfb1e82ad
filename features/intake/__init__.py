"""Intake: a folder of exports becomes a snapshot of accepted tables, quarantine, flags and manifest.

Entry points: `create_snapshot` reads a data set into a workspace, `add_to_snapshot` adds one to an
earlier one, `open_snapshot` opens its tables.
"""

from features.intake.manifest import Manifest
from features.intake.snapshot import (
    Snapshot,
    add_to_snapshot,
    create_snapshot,
    open_snapshot,
    refuse_missing,
)

__all__ = ["Manifest", "Snapshot", "add_to_snapshot", "create_snapshot", "open_snapshot", "refuse_missing"]
