"""Intake: a folder of exports becomes a snapshot of accepted tables, quarantine, flags and manifest.

The doors are `take_in` (read a data set into a workspace) and `open_snapshot` (the tables of one).
"""

from features.intake.snapshot import IntakeResult, open_snapshot, refuse_missing, take_in

__all__ = ["IntakeResult", "open_snapshot", "refuse_missing", "take_in"]
