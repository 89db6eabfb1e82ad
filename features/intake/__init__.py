"""Intake: a folder of exports becomes a snapshot of accepted tables, quarantine, flags and manifest.

The entry points are `create_snapshot` (read a data set into a workspace) and `open_snapshot` (the tables of one).
"""

from features.intake.snapshot import Snapshot, create_snapshot, open_snapshot, refuse_missing

__all__ = ["Snapshot", "create_snapshot", "open_snapshot", "refuse_missing"]
